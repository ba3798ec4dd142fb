import type { Table } from './table.ts';

/** Made by scripts/calendars/make.py from exchange-calendars 4.13.2 (Apache-2.0). Not to be edited by hand. */

/** The day of that package’s release: sessions beyond are projected. */
export const madeOn = '2026-03-10';

export const tables = {
  XNYS: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:30 16:00',
    },
    closures:
      '0 1d 1h 19 11 1p 28 x 7 1c 13 1n 12 1o 2f r 7 1b 1o 12 13 1u 28 t 7 19 1h 1g z 1r 28 t 1n 13 q x z 1r 28 w 7 1d 1h 19 10 1q 28 w 7 1d 1a 1g 12 1o 2f r 7 1b 13 1n 13 1n 2f s 7 i s 1h 19 13 1u 28 t 7 h s 1a 1n z 1r 28 t o z 1o 12 10 1q 28 w 7 e z 1h 19 11 1p 8 1 1 1 1x x 7 k s 13 1n 12 1o 2f r 7 j s 1o 12 13 1n 2f s 7 i s 1h 1g b o 1r 28 t o z w 1u z 1r 28 w 7 e z 1h 19 10 1q 28 w 7 1 d z 1a 1g 11 1p 28 x 7 k s w 1u 13 1n 2f s 7 i s 1h 19 13 1u 28 t 7 h s 1a 1n z 1r 28 t o z 1o 12 z 1r 28 w 7 e z 1a 1g 11 1p 1k 1 n x 7 k s 13 1n 12 1o 2f r 7 j s 1o 12 13 1n 2f s 7 i s 1a 1g 13 1u 28 t 7 h s 13 1u z 1r 28 w 7 e z 1h 19 10 1q 28 w 7 e z 13 1n 11 1p 28 d k 7 k s 1o 12 12 1o 2f r 7 j s 1h 19 13 1u 28 t 7 h s 1a 1n z 1r 28 t o z 1h 19 l e 1r 28 w 7 e z 1a 1g l f 1q 28 w 7 e z 13 1n n f 1o 2f r 7 8 b s 1o 12 o f 1n 2f s 7 i s 1a 1g p e 1u 28 t 7 h s 13 1u i h 1r 28 t o z 1h 19 l f 1q 28 w 7 e z 13 1n m f 1p 28 x 7 k s 1o 12 n f 1o 2f r',
    special: {
      '9:30 14:00': '9x a5 9f r',
      '9:30 13:00':
        '13l a4 64 40 68 43 p 5b 44 q 2 9c r 9d z 55 40 65 3z v 5d 43 p 5b 44 q 2 9c a4 64 40 65 3z v 5c 44 q 9e r 9d a4 65 3z v 5b 45 p 5b 44 q 9e r 9d 64 40 65 3z v 5b 45 p 9f r 9d a4 64 40 66 45 p 5b 44 q 9e r 9d 64 40 65 3z v 5b 45 p',
    },
  },
  XTSE: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:30 16:00',
    },
    closures:
      '0 2u 12 16 z s z 26 1 6 2f 1g 16 z s 16 20 1 6 2z v 18 x z z 22 3 4 2q 19 12 w z z 25 1 6 2g 1g 13 v z z 25 1 6 2u 12 16 z s z 25 1 6 2n 19 16 z s 16 20 1 6 2e 1g 17 y s 16 21 1 6 2r 12 18 x z z 22 3 4 2j 1g 12 w z z 25 1 6 31 v 16 z s z 25 1 6 2u 12 16 z s 8 1 q 26 1 6 2f 1g 16 z s 16 20 1 6 2z v 17 y s 16 21 1 6 2r 19 12 w z z 25 1 6 29 1n 13 v z z 25 1 6 2u 12 16 z s z 25 1 6 2n 19 16 z s z 26 1 6 1c w 1n 17 y s 16 21 1 6 1a 1h 12 18 x z z 22 3 4 19 1a 1g 12 w z z 25 1 6 1d 1o v 13 v z z 25 1 6 1d 1a 19 16 z s z 26 1 6 1c 13 1g 16 z s 16 20 1 6 1b 1o v 17 y s 16 21 1 6 1a 1a 19 18 x z z 22 3 4 19 13 1n 13 v z z 25 1 6 1d 1h 12 16 z s z 25 1 6 1d 13 1g 16 z s z 26 1 6 1c 1o v 16 z s 16 20 1 6 1b 1h 12 18 x z z 22 3 4 19 1a 1g 12 w z z 25 1 6 1d 1h 12 13 v z z 25 1 6 1d 1a 19 16 z s z 25 1 6 1d 13 1g 16 z s 16 20 1 6 1b 1o v 17 y s 16 21 1 6 1a 1a 19 18 x z z 22 3 4 19 13 1n 12 w z z 25 1 6 1d 1h 12 16 z s z 25 1 6 1d 13 1g 16 z s z 26 1 6 1c 1o v 16 z s 16 20 1',
    special: {
      '9:30 13:00': '5wu kb a5 a5 a5 ug a5 a6 a5 ug a5 a5 a5 kb a5',
    },
  },
  BVMF: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '10:00 17:00',
      '2019-11-04': '10:00 18:00',
    },
    closures:
      '0 o w 1 19 i 18 2d z l d 13 1 6 1 o h 1 19 x t 4p 13 1 6 1 1p 1 19 4 a 1c 29 z l 1g 1 6 1 o s 1 19 c 1e 2h z l d 13 7 p k 1 19 k 16 2p z l d 19 q x 1 19 7 a 19 2c z l d 14 4 3 o p 1 19 q 10 4i 13 1 6 1 14 1 19 o a s 5t 1 6 1 1h 1 19 b a 15 s 1o z l 1g 1 6 1 o l 1 19 j 17 10 1o z l d 13 7 p 15 1 19 a 1g 25 z l d 14 4 3 o w 1 19 i 18 p 1o z l d 13 1 6 1 o h 1 19 x t 14 3l 13 1 6 1 1p 1 19 3 a 1d k 4o 1 6 1 1h 1 19 c 1e t 1o z l d 13 7 p d 1 19 r z 2w z l d 19 q x 1 19 7 a 19 2c z l d 5 z 4 3 o p 1 19 p 11 w 1o z l d 5 y 1 6 1 o a 1 19 v a l 1c 3q y 1 6 1 1h 1 19 b a 15 s 1o z l i y 1 6 1 o l 1 19 j 17 10 1o z l d 13 7 p 15 1 18 1 1q 24 z l d 19 q q 1 19 p 11 w 1o z l d 5 y 1 6 1 o h 1 19 x t 14 3l 5 y 1 6 1 1p 1 19 3 a 16 7 k 3q y 1 6 1 1a 1 19 i a y z 1o z l i y 1 6 1 o e 1 19 r z 2w z l d 19 q x 1 19 7 a 19 2c z l d 5 z 4 3 o i 1 19 w u 13 1o z l d 5 y 1 6 1 o 12 1 19 c 1e j 3l 5 y 1 6 1 1i 1 19 b a 15 2g z l 1g 1 6 1 o l 1 19 j 17 10 1o z l d 13 7 1n 1 19 6 1k 2b z l d 19 1g 1 19 e a 12 2j z l d 14 4 3 16 1 19 x t 4p 5 y 1 6 1 1p 1 19 3 a 1d 4a y 1 6 1 1a 1 19 i a y 2n z l i y 1 6 1 12 1 19 q 10 2v z l d 13 7 1n 1 19 7 a 19 2c z l d 5 z 4 3 16 1 19 w u 2r z l d 5 y 1 6 1 1q 1 19 c 1e 44 5 y 1 6',
    special: {
      '13:00 17:00': '7cw ap 9q ap',
      '13:00 18:00': '8hx 9x ai 9x 9x ap 9q 9x ap 9q ap',
    },
  },
  CMES: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '-7:00 17:00',
    },
    closures:
      '0 2u 74 7 2f 7j 7 2z 70 7 2q 77 2q q 6r 7 2u 73 7 2n 7c 7 2e 7k 7 2r 77 7 2j 7e 3b 6w 7 2u 74 7 2f 7j 7 2z 6z 7 2r 1r 5g 2j 7o 7 2u 73 7 1 2m 7b 7 28 7r 7 2r 77 7 2j 7e 3b 6w 7 2n 7b 7 2f 7j 7 2z 6z 7 2k 7e 7 2c 7o 7 2u 73 7 2g 6y k 7 30 6y 7 2s 77 7 2j 7e 34 73 7 2n 7a 7 2g 7j 7 8 2r 6z 7 2k 7e 7 2c 7l 34 73 7 2g 7i 7 30 6y',
    special: {
      '-7:00 12:00':
        '1d 2q 11 1p 28 w 1k 2q 12 1o 2f q 1j 2q 13 1u 28 s 1h 2x z 1r 28 1 2f 2q z 1r 28 1 2f 2q 10 1q 28 1 2f 2q 12 1o 2f 1 p 1j 2q 13 1n 2f 1 q q s 2q 13 1u 28 1 r p s 2x z 1r 28 1 1g z 2q 10 1q 28 1 1g z 2q 11 1p 28 1 v s s 2q 12 1o 2f 1 p r s 2q 13 1n 2f 1 q q s 2x z 1r 28 1 1g z 2q z 1r 28 1 1g z 2q 10 1q 28 1 1g z 2q 11 1p 28 1 v s s 2q 13 1n 2f 1 q q s 2q 13 1u 28 1 r p s 2x z 1r 28 1 1g z 2q z 1r 28 1 1g z 2q 11 1p 28 1 v s s 2q 12 1o 2f 1 p r s 2q 13 1n 2f 1 q q s 2q 13 1u 28 1 r p s 2x z 1r 28 1 1g z 2q 10 1q 28 1 1g z 2q 11 1p 28 1 v s s 2q 12 1o 2f 1 p r s 2q 13 1u 28 1 r p s 2x z 1r 28 1 1g z 2q z 1r 28 1 1g z 2q 10 1q 28 1 1g z 2q 12 1o 2f 1 p r s 2q 13 1n 2f 1 q q s 2q 13 1u 28 1 r p s 2x z 1r 28 1 1g z 2q 10 1q 28 1 1g z 2q 11 1p 28 1 v s s 2q 12 1o 2f 1 p',
    },
  },
  XLON: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '8:00 16:30',
    },
    closures:
      '0 2u 3 l l 2j 3c 1 6 2f 3 z l 2j 3d 1 6 2z 3 e l 2q 38 3 4 2q 3 l s 2j 3b 1 6 2g 3 s s 2j 3b 1 6 2u 3 l l 2j 3b 1 6 2n 3 s l 2j 3d 1 6 2e 3 z l 2j 3e 1 6 2r 3 l l 2q 38 3 4 2j 3 s s 2j 3b 1 3 3 31 3 7 s 2j 3b 1 6 2u 3 l l 2j 3c 1 6 2f 3 z s 1 2b 3d 1 6 2z 3 e l 2j 3e 1 6 2r 3 l s 2j 3b 1 6 29 3 z s 2j 3b 1 6 2u 3 e s 2j 3b 1 6 2n 3 s l 2j 3c 1 6 28 3 16 l 2j 3e 1 6 2r 3 l l 2q 38 3 4 2j 3 s s 2j 3b 1 6 31 3 4 3 s 2j 3b 1 6 2n 3 s s 1 2b 3c 1 6 2f 3 z l 2j 3d 1 6 2z 3 e l 2j 3e 1 6 2k 3 s l 2q 38 3 4 2c 3 z s 2j 3b 1 6 2u 3 e s 2j 3b 1 6 2g 3 z l 2j 3c 1 6 30 3 e l 2j 3d 1 6 2s 3 p h 2q 38 3 4 2j 3 s s 2j 3b 1 6 2u 3 e v 1 2f l 2q 1 6 2n 3 l 7 l 2j 3b 1 6 2g 3 z l 2j 3d 1 6 2z 3 e l 2j 3e 1 6 2k 3 s l 2q 38 3 4 2c 3 z s 2j 3b 1 6 2u 3 e s 2j 3b 1 6 2g 3 z l 2j 3c 1 6 30 3 e l 2j 3d 1',
    special: {
      '8:00 12:30':
        '9x 7 9y 7 9z 7 9y 7 9x 7 9x 7 a1 7 9y 7 9y 7 9y a4 7 a0 7 9y 7 9y 7 9z 7 9x 7 9x 7 a0 7 9z 7 9y 7 9y 7 9x 7 a0 7 9y 7 9y 7 9y 7 9y 7 9x 7 a0 7 9y 7 9z 7 9y 7 9x 7 9x 7 a1 7 9y 7 9y 7 9y 7 9x 7 a0 7 9y 7',
    },
  },
  XPAR: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f y 5o 1 5 1 2f 3 u j 63 1 5 1 2z 3 b 12 10 4k 6 1 2q 3 1d 18 4q 2j 3 1d 1g 4l 31 3 e z 13 4k 1 6 2n 3 n q 5w 1 5 1 2e 3 v i 1k 4k 1 5 1 2r 3 i v 17 4k 6 1 2j 3 1d 1f 4q 34 3 7 16 w 4k 1 6 2u 3 f y 5o 1 5 1 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2r 3 9n 3 7l 31 3 e 6m 1 6 2n 3 m 6m 1 6 28 3 12 6m 1 6 2r 3 i 6m 7 2j 3 am 3 6t 2u 3 m 6m 1 6 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 7l 31 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1 6 2s 3 i 6m 7 2j 3 af 3 70 2u 3 l 6m 1 6 2g 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 am 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1',
    special: {
      '9:00 14:05':
        '9x a5 a6 a5 ug a5 a5 a5 kb a5 7 9y 7 9z 7 u8 7 9z 7 9y 7 9y 7 k4 7 9y 7 9y 7 9y 7 u9 7 9y 7 9z 7 9y 7 u9 7 9y 7 9y 7 9y 7 k4 7 9y 7',
    },
  },
  XAMS: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 e 1 n b 5o 1 5 1 2f 3 t 1 8 b 63 1 5 1 2z 3 a 1 r b 5k 6 1 2q 3 i k b 5y 2j 3 12 b 61 31 3 e o b 5n 1 6 2n 3 m 1 f b 5w 1 5 1 2e 3 u 1 7 b 64 1 5 1 2r 3 h 1 k b 5r 6 1 2j 3 p d b 65 34 3 7 v b 5g 1 6 2u 3 e 1 y 5o 1 5 1 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2r 3 9n 3 7l 31 3 e 6m 1 6 2n 3 m 6m 1 6 28 3 12 6m 1 6 2r 3 i 6m 7 2j 3 am 3 6t 2u 3 m 6m 1 6 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 7l 31 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1 6 2s 3 i 6m 7 2j 3 af 3 70 2u 3 l 6m 1 6 2g 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 am 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1',
    special: {
      '9:00 14:05':
        '9x a5 a6 a5 ug a5 a5 a5 kb a5 7 9y 7 9z 7 u8 7 9z 7 9y 7 9y 7 k4 7 9y 7 9y 7 9y 7 u9 7 9y 7 9z 7 9y 7 u9 7 9y 7 9y 7 9y 7 k4 7 9y 7',
    },
  },
  XBRU: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f n b 5o 1 5 1 2f 3 u 8 b 63 1 5 1 2z 3 b r b 17 4d 6 1 2q 3 12 b 1f 4j 2j 3 12 b 1n 4e 31 3 e o b 1a 4d 1 6 2n 3 n f b 5w 1 5 1 2e 3 v 7 b 1r 4d 1 5 1 2r 3 i k b 1e 4d 6 1 2j 3 12 b 1m 4j 34 3 7 v b 13 4d 1 6 2u 3 f y 5o 1 5 1 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2r 3 9n 3 7l 31 3 e 6m 1 6 2n 3 m 6m 1 6 28 3 12 6m 1 6 2r 3 i 6m 7 2j 3 am 3 6t 2u 3 m 6m 1 6 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 7l 31 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1 6 2s 3 i 6m 7 2j 3 af 3 70 2u 3 l 6m 1 6 2g 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 am 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1',
    special: {
      '9:00 14:05':
        '9x a5 a6 a5 ug a5 a5 a5 kb a5 7 9y 7 9z 7 u8 7 9z 7 9y 7 9y 7 k4 7 9y 7 9y 7 9y 7 u9 7 9y 7 9z 7 9y 7 u9 7 9y 7 9y 7 9y 7 k4 7 9y 7',
    },
  },
  XMIL: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f 2y 3n 1 1 5 1 2f 3 u 2y 3n 1 1 5 1 2z 3 b 6l 1 6 1 2q 3 74 7 2j 3 3p 3p 31 3 e 2y 3o 1 6 2n 3 n 2y 3n 1 1 5 1 2e 3 v 2y 3n 1 1 5 1 2r 3 i 6l 1 6 1 2j 3 7b 7 34 3 7 2y 3o 1 6 2u 3 f 2y 3n 1 1 5 1 2f 3 u 2y 3n 1 1 5 1 2z 3 a 2y 3n 1 1 5 1 2r 3 74 7 2c 3 3w 3p 31 3 e 2y 3o 1 6 2n 3 m 2y 3n 1 1 5 1 28 3 12 2y 3n 1 1 5 1 2r 3 i 6l 1 6 1 2j 3 7b 7 34 3 34 3p 2u 3 m 2y 3n 1 1 5 1 2f 3 u 2y 3n 1 1 5 1 2z 3 a 2y 3n 1 1 5 1 2k 3 p 6l 1 6 1 2c 3 3w 3p 31 3 e 2y 3o 1 6 2g 3 t 2y 3n 1 1 5 1 30 3 9 2y 3n 1 1 5 1 2s 3 i 6l 1 6 1 2j 3 7b 7 2x 3 3b 3p 2u 3 l 2y 3o 1 6 2g 3 u 2y 3n 1 1 5 1 2z 3 a 2y 3n 1 1 5 1 2k 3 p 6l 1 6 1 2c 3 7i 7 2x 3 e 2y 3o 1 6 2g 3 t 2y 3n 1 1 5 1 30 3 9 2y 3n 1 1 5',
    special: {},
  },
  XMAD: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f 2y 1m k z i 1 1 5 1 2f 3 u 2y 26 z i 1 1 5 1 5 2u 3 b 30 1k 1l g 1 6 1 5 2l 3 3i 1l k z 2 g 7 6 2d 3 3p 1m k z 2 i b 2q 3 e 2y 1m k z 2 h 1 6 2n 3 n 2y 26 z i 1 1 5 1 5 29 3 v 2y 37 g 1 1 5 1 5 2m 3 i 30 1k 1l g 1 6 1 5 2e 3 3p 1l k z 2 g 7 6 2y 3 7 2y 1m k z 2 h 1 6 2u 3 f 2y 1m k z i 1 1 5 1 2f 3 u 2y 26 z i 1 1 5 1 5 2u 3 a 2y 37 g 1 1 5 1 5 2m 3 3i 1l k z 2 g 7 6 26 3 7l b 2q 3 e 6m 1 6 2n 3 m 6l 1 1 5 1 28 3 12 6l 1 1 5 1 2r 3 i 6l 1 6 1 2j 3 7b 7 34 3 6t 2u 3 m 6m 1 6 2f 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 7l 31 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1 6 2s 3 i 6m 7 2j 3 7b 7 2x 3 70 2u 3 l 6m 1 6 2g 3 u 6m 1 6 2z 3 a 6m 1 6 2k 3 p 6m 7 2c 3 am 3 e 6m 1 6 2g 3 t 6m 1 6 30 3 9 6m 1',
    special: {
      '9:00 14:00': '6h5 7 9y 7 9y 7 9y 7 u9 7 9y 7 9z 7 14e 7 9y 7 9y 7 9y 7 k4 7 9y 7',
    },
  },
  XETR: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f 6l 1 1 5 1 2f 3 u 6l 1 1 5 1 2z 3 b 6l 1 6 1 2q 3 74 7 2j 3 7e 31 3 e 6m 1 6 2n 3 n 6l 1 1 5 1 2e 3 v 6l 1 1 5 1 2r 3 i 6l 1 6 1 2j 3 7b 7 34 3 7 6m 1 6 2u 3 f 6l 1 1 5 1 2f 3 u 6l 1 1 5 1 2z 3 a 6l 1 1 5 1 2r 3 74 7 2c 3 7l 31 3 e 6m 1 6 2n 3 m r 5u 1 1 5 1 28 3 12 6l 1 1 5 1 2r 3 i 6l 1 6 1 2j 3 7b 7 34 3 6t 2u 3 m 6l 1 1 5 1 2f 3 u 6l 1 1 5 1 2z 3 a 4b 2a 1 1 5 1 2k 3 p o 5x 1 6 1 2c 3 1d 3w 2c 31 3 e z 3c s 1j 1 6 2g 3 t k 3r 2a 1 1 5 1 30 3 9 14 37 2a 1 1 5 1 2s 3 i v 5q 1 6 1 2j 3 1d 5y 7 2x 3 70 2u 3 l 6m 1 6 2g 3 u 6l 1 1 5 1 2z 3 a 6l 1 1 5 1 2k 3 p 6l 1 6 1 2c 3 7i 7 2x 3 e 6m 1 6 2g 3 t 6l 1 1 5 1 30 3 9 6l 1 1 5',
    special: {
      '9:00 14:00': '5x0 a5 a4 a7 a5 a5 a6 a4 a4 a7 a6 a5 a5 a4 a7 a5 a5 a5 a5 a4 a7',
    },
  },
  XSWX: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 1 2t 3 f n b 1m 41 1 1 5 1 1 2e 3 u 8 b 21 41 1 1 5 1 1 2y 3 b r b 5j 1 6 1 2q 3 12 b 5r 7 2j 3 12 b 1y 43 7 2u 3 e o b 1l 42 1 6 1 2m 3 n f b 1u 41 1 1 5 1 1 2d 3 v 7 b 22 41 1 1 5 1 1 2q 3 i k b 5q 1 6 1 2j 3 12 b 5y 7 34 3 7 v b 1e 42 1 6 1 2t 3 f n b 1m 41 1 1 5 1 1 2e 3 u 8 b 21 41 1 1 5 1 1 2y 3 a s b 1h 41 1 1 5 1 1 2q 3 12 b 5r 7 2c 3 12 b 25 43 7 2u 3 e o b 1l 42 1 6 1 2m 3 m g b 1t 41 1 1 5 1 1 27 3 12 b 29 41 1 1 5 1 1 2q 3 i k b 5q 1 6 1 2j 3 12 b 5y 7 34 3 12 b 1d 43 7 2n 3 m g b 1t 41 1 1 5 1 1 2e 3 u 8 b 21 41 1 1 5 1 1 2y 3 a s b 1h 41 1 1 5 1 1 2j 3 p d b 5x 1 6 1 2c 3 12 b 25 43 7 2u 3 e o b 1l 42 1 6 1 2f 3 t 9 b 20 41 1 1 5 1 1 2z 3 9 t b 1g 41 1 1 5 1 1 2r 3 i k b 5q 1 6 1 2j 3 12 b 5y 7 2x 3 12 b 1k 43 7 2n 3 l h b 1s 42 1 6 1 2f 3 u 8 b 21 41 1 1 5 1 1 2y 3 a s b 1h 41 1 1 5 1 1 2j 3 p d b 5x 1 6 1 2c 3 12 b 65 7 2x 3 e o b 1l 42 1 6 1 2f 3 t 9 b 20 41 1 1 5 1 1 2z 3 9 t b 1g 41 1 1 5',
    special: {},
  },
  XSTO: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:30',
    },
    closures:
      '0 2u 3 f n b i 55 1 1 5 1 2f 3 u 8 b w 56 1 1 5 1 5 2u 3 b r b b 58 1 6 1 5 2l 3 12 b p 52 7 6 2d 3 12 b w 55 b 2q 3 e o b i 55 1 6 2n 3 n f b p 56 1 1 5 1 5 29 3 v 7 b w 57 1 1 5 1 5 2m 3 i k b i 58 1 6 1 5 2e 3 12 b w 52 7 6 2y 3 7 v b b 55 1 6 2u 3 f n b i 55 1 1 5 1 2f 3 u 8 b w 56 1 1 5 1 5 2u 3 a s b b 57 1 1 5 1 5 2m 3 12 b p 52 7 6 26 3 12 w i 55 b 2q 3 e o c h 55 1 6 2n 3 m g k g 55 1 1 5 1 28 3 12 10 e 57 1 1 5 1 5 2m 3 i k t 58 1 6 1 5 2e 3 12 17 52 7 6 2y 3 12 4 i 55 b 2j 3 m g k g 55 1 1 5 1 2f 3 u 8 s f 56 1 1 5 1 5 2u 3 a s 8 e 57 1 1 5 1 5 2f 3 p d 10 58 1 6 1 5 27 3 12 w i 55 b 2q 3 e o c h 55 1 6 2g 3 t 9 r g 55 1 1 5 1 30 3 9 t 7 f 56 1 1 5 1 5 2n 3 i k t 58 1 6 1 5 2e 3 12 17 52 7 6 2r 3 12 b i 55 b 2j 3 l h j h 55 1 6 2g 3 u 8 s f 56 1 1 5 1 5 2u 3 a s 8 e 57 1 1 5 1 5 2f 3 p d 10 58 1 6 1 5 27 3 12 1e 52 7 6 2r 3 e o c h 55 1 6 2g 3 t 9 r g 55 1 1 5 1 30 3 9 t 7 f 56 1 1 5',
    special: {
      '9:00 13:00':
        '4 2p i n 4j 42 x 8 4x 4n e r 4c 1v 2l m j 4q 1p 2d 15 4x 1q 2q 15 4j 1r 2i q f 4q 42 y 7 4x 1u 2m l k 4j 1v 2e t c 4x 1p 2y 15 4c 1r 2p i n 4j 42 x 8 4x 4n d s 4c 1u 2m m j 4q 1p 26 15 54 1q 2q 15 4j 1r 2i p g 4q 3v 15 54 1u 2m l k 4j 1v 2e t c 4x 1p 2y 15 4c 1q 2j p g 4q 42 x 8 4x 4n d s 4c 1u 2f s d 4q 1v 27 15 54 1q 2q 15 4j 1r 2b w 9 4x 4n c t 4c 4g l k 4j 1v 2e t c 4x 1p 2r 15 4j 1q 2j 15 4q 1r 2b x 8 4x 4n d s 4c 1u 2f s d 4q 1v 27 10 5 54 1p 2r 15 4j 1r 2b w 9 4x 4n c t 4c',
    },
  },
  XTKS: {
    from: '1997-01-01',
    until: '2030-12-31',
    weeks: {
      '1997-01-01': '1111100',
    },
    hours: {
      '1997-01-01': '9:00 11:30 12:30 15:00',
      '2024-11-05': '9:00 11:30 12:30 15:30',
    },
    closures:
      '0 1 1 c r 11 14 6 25 1k 8 h o l t 8 1 1 d r 25 5 1 1 23 1l 8 15 k u 8 1 e r 13 12 4 1 1 24 1l 8 i n k u 8 3 7 w 12 18 1 1 24 1l o p k 13 1 1 5 z 10 15 3 1 25 1u e 1a v 7 1 1 1 b s 12 13 4 3 3p 7 l l 1d 8 1 1 1 a t 12 13 6 25 1k 8 k l l t 8 1 1 a u 26 4 1 1 23 1r 3 i n k u 8 3 7 w 12 13 4 1 1 22 1r 4 h o k u a 1 6 1z 17 1 1 21 1r l p k 13 1 1 5 z 11 14 3 1 21 1r 7 e 1a v 7 1 1 1 b s 12 14 6 1 24 1k 8 k l l t 8 1 1 a u 11 14 5 1 1 23 1r 1 1 j m k u 8 1 a v 13 12 4 1 1 23 1r 3 i n k u 8 3 7 w 12 13 4 1 1 22 1r 4 h o k u a 1 6 1z 15 3 1 21 1r l 1a v 7 1 1 1 b s 11 14 4 3 1y 1r 7 l l 1d 8 1 1 1 a t 12 13 6 1 24 1k 8 k l l t 8 1 1 a u 25 5 1 1 23 1r 1 1 j m k u 8 1 a v 13 13 4 1 1 22 o 13 3 i o k u a 1 6 1y 18 1 1 21 p 12 l p k 13 1 1 5 z 11 14 3 1 21 1r 7 e 1a v 7 1 1 1 b s 12 13 1 1 1 1 3 1y s z 7 l 8 d 1l 1 1 1 a t d p 14 5 1 1 26 1 h 16 1 9 x k 12 1 a v c 1t 4 1 1 26 1 h 16 3 15 k 12 3 7 w c q 13 4 1 1 22 o 13 4 h o k 14 1 6 19 q 17 1 1 21 p 12 l p k 13 1 1 5 z b q 14 4 3 1y s z 7 l l 1l 1 1 1 a t d o 14 6 1 24 l z 8 k l l 11 1 1 a u c p 14 5 1 1 23 m 15 1 1 j m k 12 1 a v c r 12 4 1 1 23 n 14 3 i n k 12 3 7 w c q 18 1 1 21 p 12 4 h p k 13 1 1 5 z b p 15 3 1 21 1r 7 e 1a 12 1 1 1 b s 11 14 4 3 1y s z 7 l l 1l',
    special: {},
  },
  XHKG: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '10:00 12:00 13:00 16:00',
      '2011-03-07': '9:30 12:00 13:00 16:00',
    },
    closures:
      '0 p 3 1u 8 3 g q l 1y 12 m 1o 1 6 19 16 3 4 1a r 1 1x s n 1y 1 6 y 1 1 1z 3 l p a 11 14 z 29 7 l 3 1y 4 3 1a h a 1v i 2t 19 1 1d 3 1 17 q 1 24 n m 22 1 6 t 1 1 1q 9 3 l p h 1y 1t 1i 1 6 1d 1 1 17 1 3 1a o 3 1v 1k 1t 1 6 11 1d 3 18 q l 1 1 1b u e 1 8 24 1 6 r 1 1 1u 4 3 l 1m 1b 19 1 4 m 1m 7 1a 1 1 17 3 1 21 d 25 f h 1y 4 z 3 1l h 3 7 a q 2r j 4 28 1 6 n 1 1 1x 8 3 e 1 1j 7 4 j 1w 1 n 1p 1 6 16 1 1 17 3 4 q j 16 2k d 20 1 6 u 3 22 3 a 7 r r 21 j 2d 1 6 l 1 21 4 3 18 r 9 2i 2 l 1u 18 1 1 16 3 8 r e 1a 28 m 24 1 6 s 1 1s 9 3 e 4 q 3g s 1k 1 6 1d 1 18 1 3 m n q d 2e 5 i 1v 1 6 11 1 16 3 b r b s m 10 g o g 6 27 1 6 p 1 1 20 3 i r y 2k p 1o 7 19 1 19 3 1 19 q f 2c 8 2f 12 1 1o h 3 7 8 r p 22 g 6 2a 1 6 l 1 1 1y 2 3 m 1q 2j 1 l 1r 1 6 15 1 1 18 3 3 r g q j 18 11 b d 20 1 6 u 3 22 3 a 5 r t 1y m 1 2c 1 6 1d 1 16 3 1 o o 11 1s p 3 k 1t 7 12 1 1 18 3 7 s 12 m w 19 o b 1u 1 6 s 1 1r a 3 e 2 r 2d 14 3 29 1 6 1a 3 13 3 3 q l r e 2d 6 g 1x 1 6 z 1 1 1l e 3 9 c p o 2k 6 27 1 6 q 1 21 3 h 1 1j 6 2k 1 b d 1o 7 16 3 1a 3 1 17 q h 2b 9 c 1 22 10 1 1 1p a 3 e 7 p s 21 m 2b 1 6 l 1 1 1y 2 3 l p r p 25 l 1r 1 6 16 1 19 3 3 r e q l 1v c d a 23 1 6 s 1 1 1r e 3 a 4 1l 2k 6 m 1l 1 6 1b 1 1 17 3 1 o o p c 2k i 1v 7 12 1 19 3 7 12 r m 25 f 7 28 u 1 1 1v a 3 e 1 r 3i 2 m 1o 1 6 17 1 1 17 3 2 r k 16 2j f 1y 1 6 y 1 1 1m e 3 9 8 r q 22 i 2d 1',
    special: {
      '10:00 12:30':
        '9x 7 9y 7 9z 7 9y 7 u9 7 9y 7 9y 7 9y kb 7 9y 7 9y 7 9z 7 u8 7 9z 7 9y 7 9y 7',
      '9:30 12:00':
        '6h5 7 9y 7 u 94 7 1d 8l 7 ax ao 8o 7 z 8z 7 o 9b 7 16 8s 7 v kj 8v 7 s 96 7 1b 8n 7 10 8y 7 p ao 8r 7 9y 7',
    },
  },
  XSHG: {
    from: '1990-12-03',
    until: '2026-12-31',
    weeks: {
      '1990-12-03': '1111100',
    },
    hours: {
      '1990-12-03': '9:30 11:30 13:00 15:00',
    },
    closures:
      't 19 3 20 49 1 2j y 1 1 2d 49 1 2j o 1 6w 3l 1 1 1 1 28 4a 1 2i s 1 1 1 1 2f 4a 1 2i 1d 1 1 1 1 3 1 1 1 1 1p 48 1 1 2j x 1 1 1 1 3 1 1 1 1 24 1 1n 1 2k 1 1 2i 1 o 1 1 1 1 3 1 1 1 1 2c 49 1 2j 14 1 1 3 1 1 1 1 3 1 1 1 1 1u 47 3 1 1 1 22 b 3 s 1 1 1 1 3 1 1 1 1 28 1 1 1 1 46 1 1 1 1 2f l 1 1 1 1 3 1 1 1 1 2g 1 1 1 3 43 1 1 1 1 2g 1 1 13 1 1 1 1 3 1 1 1 1 1w 1 1 3 1 42 1 1 1 1 3 2e t 1 3 1 1 1 1 2b 1 3 1 1 1 1 41 1 1 3 1 2e i 1 1 1 1 3 1 1 2o 1 1 1 1 43 3 1 1 1 2g z 1 1 1 1 3 1 24 1 1 1 1 46 1 1 1 1 2f 1 n 1 3 1 1 1 1 2f 1 1 1 1 46 1 1 1 1 2f 1 1 1b 1 1 1 1 1v 1 1 1 3 43 1 1 1 1 2f 1 10 1 1 3 1 1g r 1 12 2q e 1 1 1 1 2i 1 o 1 1 1 1 1u p r 1 3h 1 3 1 1 1 2d 19 1 1 1 1 19 s 16 1 1 2q 1 1 7 3 1 1 1 2g u 1 1 3 1 1j 1 r z 2q l 1 1 1 1 2f 1 k 1 1 1 1 1u 1 1 q 1 1g 2t 1 1 1 1 2g 1 1 13 1 1 1 1 1c 1 o 1 1 14 1 1 2r 1 b 1 1 1 3 2e u 3 1 1 1 1o o 1 v 2q n 1 1 3 1 2e 1 1b 1 1 3 1 15 p 1g 21 1 r 1 3 1 1 2e 12 1 1 1 1 1g s 12 1 2p 1 h 1 1 1 1 2f p 3 1 1 1 1o 1 r s 1 3h 1 1 1 1 2f 19 1 3 1 1 17 1 o 1 1c 2q 7 1 1 1 1 2f 1 y 1 1 1 1 1k q 1 1 z 2q i 1 1 1 3 2e n 3 1 1 1 1 1u p 3 1 1f 1 2p 1 3 1 1 1 2d 15 1 3 1 1 1b s 1 1 14 2q 1 a 3 1 1 1 2g s 1 1 1 1 1n 1 r 1 1 u 2t l 1 1 1 1 2f l 1 1 1 1 1w q 1 1 1e 1 2q 3 1 1 1 1 2f 13 3 1 1 1 1 1c 1 q 1 1 12 2q 1 e 1 1 1 3 2e r 1 1 1 3 1 1n r 1 3 s 3d 1 1 3 1 1 2d 1 19 1 1 1 1 3 16 p 3 1 19 2q 6 1 3 1 1',
    special: {},
  },
  XKRX: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111110',
      '1998-12-07': '1111100',
    },
    hours: {
      '1990-01-01': '9:40 11:40 13:20 15:20',
      '1995-01-01': '9:30 11:30 13:00 15:00',
      '1998-12-07': '9:00 12:00 13:00 15:00',
      '2000-05-22': '9:00 15:00',
      '2016-08-01': '9:00 15:30',
    },
    closures:
      '0 1 o 1 x 9 q r 3 w 15 t 1b 1 1 1 5 25 2 1 3 1 1 17 1 1 d p a 1a g e r t 11 2 a 2b 2 3 1 1 1 w 1 1 y e 16 w 15 t q 1 1 l 24 7 3 1 1 1 1 1 k 1 11 9 q u n 14 a 22 1 1 2d 4 1 1 1 2 11 1 1 3 f z u d 2 h 1y z 1 1 c 2f 1 1 2 s 1 1 s z q 4 w 15 t o 1 o 2b 4 1 2 1 1c 1 a z q n d 15 t 16 1 1 5 2b 5 1 1 1 10 1 l z q 4 9 n 15 t v 1 1 g 24 7 4 1 1 1 1 p 1 1 2k 4 w 15 t 1d 2 1 28 4 1 1 1 19 1 1 c z u 3x 1 2o 1 1 3 w q z 8 i 4 6 q 15 t r 1 1 k 2b 2 1 1 3 m 1 1 z z q 10 15 t 1b 1 1 2b 6 1 15 1 1 g z q 10 7 i g t 10 d 25 6 6 1 u 2i 4 3 t 15 t q 1 1 l 2b 6 1 k 1 1 12 z a k l 3g 1 1 2l 13 1 1 j z u w 1y z e 2g v u 1p 4 q 6 15 t 1d 2 1 28 4 3 1d a 1p n d 15 t 14 1 1 7 25 6 6 1 10 1 1 1p m 4 7 p 1y v i 2b 6 1 p 1 2m 4 46 2c 6 1 19 e 1t g c 33 1 1 2r x 1 1 p 1t 5 r 1y s 1 k 2g o 1 11 15 k r 9 1y 1b 2 25 6 6 1 15 i 1p g k 1y y 1 1 d 6 25 6 1 t 1 2i 4 1 t 2 1y o 1 1 n 6 25 6 1 1c 1 1 1y 4 k 29 19 1 a 25 6 1 12 1 1 k 17 m 1 v 1y u 1 1 h 2g s 3 u 1p 2 2 4 s 1y 1c 1 1 1 1 3 25 4 3 19 1 d 1p 6 f f 7 1r 14 1 1 7 6 25 6 1 y 1 1 n 1p 5 v 1y s 1 k 6 25 6 1 n 3 27 f 1 4 2w 18 1 1 7 25 6 1 15 1 h 1t e 2h z 1 1 c 7 29 v 1 1 r 8 1l r 5 1y p 3 l 7 29 o 1 10 1p 4 o 8 1y 18 1 3 1 6 25 4 3 13 3 i 14 l 5 9 m 1y w 1 1 d 2 6 25 6 1 q 1 1 1 w 1n 4 1 s 3 1y 1d 3 1 1 1 25 6 1 1a 1 1 c 1o 4 k 2c 12 1 a 4 25 6 1 12 1 k 1t 8 2n t 1 1 i 7 25 4 q 1 1 x 1p 1 3 w 1y 1c 1 1 1 4 25 4 3 16 1 1 f 1p 6 e g 1y 11 3 9 6 25 6 1 y 1 o 1p 5 3 s 1y r 1 1 k 6 25 6',
    special: {
      '10:40 11:40 13:20 15:20': '3 a4 a5 a7',
      '10:10 12:10 13:50 15:50': '10v 2g ac',
      '10:30 11:30 13:00 15:00': '1es a5 a6 a5',
      '10:00 12:00 13:30 15:30': '1nr 9x ab',
      '10:30 12:30 14:00 16:00': '2i3',
      '10:00 12:00 13:00 15:00': '2je',
      '10:00 13:00 14:00 16:00': '2s7',
      '10:00 16:00': '32b 9x a4 a4 ai ab 9y a4 a4 a4 ab 9x a4 a4 ab a4',
      '10:00 15:00': '33n a5 a5 a5 a7 a4 a5 a5 a6 a7 a4 a4 a6 a5 a5 a7',
      '10:00 16:30': '7kp a4 7 9x a4 ap',
      '10:00 15:30': '7lz a5 a5 a5 a8 a4 a4 a5 a6 a5 a7 a4 a5 a5 a2',
    },
  },
  XTAI: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 13:30',
    },
    closures:
      '0 o 1 3 1 1 s 10 q r 3k 7 2b 17 1 1 3 1 9 10 q 4i 2b u 3 1 1 1 m 1r z 2q 34 k 1 3 1 1 1w 28 2q 3n 1 1 1 3 e 10 1x 2r k 31 3 1 1 1 q 10 q w 3m 2b 19 1 3 1 1 7 10 r 1e 2r d 2b z 1 1 3 1 h 1q 13 2r o 2b p 1 1 1 1 2j 4d 2g 16 3 1 1 1 1a 22 2q 3o 1 3 1 1 j 10 r 10 2q s 2b l 1 1 1 1 x 10 q 1j 2q 9 2b 11 1 3 1 1 1 1 d 10 q 3k y 2b s 1 1 3 1 1 n 1q y 2r t 2b i 1 1 1 1 3 44 1r 1 y r 2u 3 1 1 1 1 h 10 2w i r 13 30 1 3 1 1 1 q 10 q u 3k 3 1 2b 19 1 3 1 1 1 1 5 10 1 p 1c 1 2j 6 1 f 2b y 1 1 1 1 3 h 10 r 2g 1r b 2b 1 k 1 3 1 1 1 1 2j r 1 1y 43 15 1 3 1 1 1 1 19 20 2q 3n 1 1 1 1 3 l z 1 1q 2q s 2t 1 3 1 1 1 1 v 1 10 r 2l 1x 2a 1 11 1 3 1 1 1 1 d z 1 q 16 1y t 1 k 2b r 1 1 1 3 1 o z r w 1f 1b w 2b 1 19 1 1 1 1 3 4 z 3 p 1d l 28 1 a 2c y 1 3 1 1 1 1 h z 1 r 12 1 s 1x 1 b 1 c 2c n 1 1 3 1 1 q 1 y 1 r s 1 3j 5 1 2b 17 1 1 1 3 1 8 z 1 1 p 1c 2q g 2a 1 u 1 3 1 1 1 1 k 1 y 1 q 11 1r z h a 1 2a k 1 1 1 3 1 1 u y 1 s 1j 1 2p 1 7 2c 12 1 1 1 1 3 1 d w 3 p 19 2q 1 k 29 r 1 3 1 1 1 p z 1 r w 2q v 2c h 1 3 1 1 1 1 v 1 y 1 1 q 1g 1 15 1l a 1 2b 10 1 1 1 3 1 1 e 10 1 q 14 18 1 1i f 1 7 2b m 1 3 1 1 1 1 s y 1 r t 3e 7 4 e 1q 7 16 1 3 1 1 1 1 7 z 3 p 1d 2q 3 b h 1o 7 y 1 3 1 1 j z p 14 2q d d e 1v o 1 1 1 1 v z 1 r s 3e 5 7 f 1p 7 13 3 1 1 1 d y 1 r 19 2q 7 c f 1p 6 1 u 1 3 1 1 m z 1 q z 2r f d f 1p',
    special: {},
  },
  XSES: {
    from: '1990-01-01',
    until: '2026-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:00',
    },
    closures:
      '0 2u d 5 8 1j 11 3u 7 e 21 i f r r 1a 2g 1d 1 6 1 y 1 1p b e 15 1o 3t 7 o 1n f r q 1x 4a 1 l a v i v n 24 1t k 1i 7 t 1 u 16 h 9 5 2e 23 1r 7 1d 1 1 18 q u 1y 3u 7 11 3 1a l d k 62 7 r 1 1 1v 3 l a 2j 1y 1v 7 i s 1 14 4 3l 2j 1h 12 12 10 a h 2b 26 1o 2 5 n 1 14 12 i 6 2m 2p x 8 7 16 1 18 x q 22 2f w j 7 x 9 1t d e 4i w u 7 l 1 a 1v 1i 1w 2m 4 1v j 1 17 12 l 26 2c 2 1h 7 8 k 1 21 h b 2h 24 1q 7 1 1c 1 19 p u 1y 2j 16 5 7 11 1 16 15 i 3r q 16 h 7 p 1 21 l 2t 16 1v s 7 19 1 19 1k 21 w 1k c 26 1 25 a f 2c l 1l c 1d 7 l 1 21 p 2s b 1v i 16 7 15 1 19 x n 24 1 1v 1z 7 u 25 d c 24 1y g 1s 7 1d 1 16 s v 1a l 3 w d 1b 19 7 12 1 19 12 1t y y 2x 7 s 22 h 9 1b 18 n 1b 1w 7 1a 16 w s h 1j d 24 1d 7 z 1 20 c j g 1t 3 25 1m 7 q 22 l 6 i 1a l a 3t 7 16 1d 15 d 1j k 2f 2h 1 20 h 1 d 1k t 24 1r 7 l 1 21 o w r 15 n 21 16 7 16 1a c l l q 1h 2b 1j 7 s 1 1o i d b 4h 1u 7 1b 1 18 s q 5 1y 2j 1a',
    special: {},
  },
  XASX: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '10:00 16:00',
    },
    closures:
      '0 s 22 3 9 1b 5h 1 5 1 r 1o 3 o 1a 5i 1 6 q 29 3 1d 5k 3 4 2q 3 1r 5g 1 6 n 1t 3 l 1d 5g 1 6 o 26 3 8 1c 5g 1 6 p 1y 3 h 1a 5i 1 6 q 1o 3 p 19 5j 1 6 p 22 3 1k 5k 3 4 p 1u 3 1y 5g 1 3 3 n 2e 3 1 1c 5g 1 6 p 25 3 9 1b 5h 1 6 r 1o 3 o 1a 5i 1 6 q 29 3 4 19 5j 1 6 p 22 3 1r 5g 1 6 n 1m 3 s 1d 5g 1 6 o 26 3 8 1c 5g 1 6 p 1y 3 g 1b 5h 1 6 r 1h 3 w 19 5j 1 6 p 22 3 1k 5k 3 4 p 1u 3 l 1d 5g 1 6 n 2e 3 1 1c 5g 1 6 o 1z 3 g 1b 5h 1 6 r 1o 3 o 1a 5i 1 6 q 29 3 4 19 5j 1 6 p 1v 3 1r 5k 3 4 p 1n 3 s 1d 5g 1 6 o 26 3 8 1c 5g 1 6 p 1r 3 n 1b 5h 1 6 r 29 3 3 1a 5i 1 6 q 22 3 1k 5k 3 4 p 1u 3 1y 5g 1 6 n 27 3 7 1d 2t 2n 1 6 o 1z 3 f 1c 5g 1 6 p 1r 3 o 1a 5i 1 6 q 29 3 4 19 5j 1 6 p 1v 3 1r 5k 3 4 p 1n 3 25 5g 1 6 n 27 3 8 1c 5g 1 6 p 1r 3 n 1b 5h 1 6 r 29 3 3 1a 5i 1',
    special: {
      '10:00 14:10':
        '5wu 7 9x 7 a0 7 9y 7 9y 7 9y 7 9y 7 9x 7 a0 7 9y 7 9z 7 9y 7 k1 7 a1 7 9y 7 9y 7 9y 7 9x 7 a0 7 9y 7',
    },
  },
  XBOM: {
    from: '1997-01-01',
    until: '2026-12-31',
    weeks: {
      '1997-01-01': '1111100',
      '2024-01-15': '1111110',
      '2024-01-22': '1111100',
      '2025-01-27': '1111110',
      '2025-02-03': '1111100',
    },
    hours: {
      '1997-01-01': '9:15 15:30',
    },
    closures:
      'm 17 h f 6 2 2 d 7 2r 3 7 12 q 1 2 1j 2x 5 e 6p 7 j 6 z g 7 4 4 c d 3 3s 10 k 2 d 12 q 1f 3 p 7 a 2y h v 2c 7 p 13 u 8 i 2y 7 15 o l e h 8 2i 4 x 2y q m d m d 10 1e t 4 r 4 d 2y 1c 1j t 7 p 7 t 12 5 c 4q 9 o b 1k 5 1m k 2x i n z m 1 b 1l f e y m 5 3 h 2y 1c m 1 1p 7 p 4 h 13 a p 1 2x 1c 28 4 20 e 1 o 4 d i 2g j t 7 l e e c g e i s f 1 n 4 3 4 g 1 3z 7 4 b 6 e 1h 3 4 p h h n 9 c 45 1w u 14 z 15 2 8 37 g 1 z l b 3 q 1f p h s 1 p 2y 5 u d m l e r 2k 2 l 5 7 2s 6 p n e j a 15 1s i m 6 4 6 7 2h h e y 1 3 9 8 1 b 2 1d w m h r 1 b h 3v 8 7 k k 1 d u w 15 h 1 k 1 4 26 14 l 8 s 1 j e 21 t h m a h 1k 1e a 12 h 1 1u w i h r 1 w 2y 7 m 7 c g k 1 f w 1x h r 2 a 2 z 1w 3 i 8 m 6 d 7 f 17 1m i n 4 4 4 h o 3m 19 e p w 18 i 4 c 7 m 1x t m z k 1 e 1w y h r 1 i 2q 6 g z j 2 d 27 14 n 5 3 7 h 1n 1b z d m l d s s 4 16 h 4 d 6 e j s u t 1c u e 5 z 1r g h a 4 4 d 2y c 10 j 1 e 1e l b 10 n 5 3 b h r t 28 i i l e v',
    special: {},
  },
  XJSE: {
    from: '1990-01-01',
    until: '2030-12-31',
    weeks: {
      '1990-01-01': '1111100',
    },
    hours: {
      '1990-01-01': '9:00 17:00',
    },
    closures:
      '0 27 n 3 b 4 2s 1a 2c 8 1 6 27 8 3 u 1b 1h 1a 2b 9 1 6 2z 3 7 4 1a 1j 19 2b 9 7 28 i 3 f 1e 1i 1a 2b b 2c b 3 n 5 19 1i 3l a 7 26 o 3 a 4 1a 1i 1b 2j 1 6 28 f 3 n 1b 1h 1a 2b 9 1 6 27 7 3 s 3 1a 2s 2b 9 1 6 2r 3 e 4 1a 1j 19 2b 9 7 28 b 3 m 1e 1i 1a 2b b 2d v 3 3 4 1a 1i 1b 2j 1 6 27 n 3 b 4 2s 1a 2c 8 1 6 27 8 3 u 1b 1h 1a 2b 9 1 6 27 s 3 7 3 1a 2s 2b 9 1 6 29 i 3 2 d 1e 1i 1a 2b b 2c 4 3 u 5 19 1i 3l a 7 1m k o 3 a 4 1a 1i 1b 2j 1 6 27 g 3 i 4 2s 1a 2c 8 1 6 28 3 z 3 1 19 2s 2b 9 1 6 2r 3 9 5 4 1a 1j 19 2b 9 7 28 b 3 m 1e 1i 1a 2b b 2c w 3 2 5 g t 1i 3l a 1 6 27 g 3 i 4 2s 1a 2c 8 1 6 27 8 3 u 1b 1h 1a 2b 9 1 6 27 s 3 7 3 6 14 2s 2b 9 1 6 2k 3 l 4 1a 1j 19 2b 9 7 28 4 3 u 5 19 1c 6 3l a 1 6 26 o 3 a 4 1a 1i 1b 2j 1 6 27 9 3 p 4 2s 1a 2c 8 1 6 27 t 3 9 7 14 1h 1a 2b 9 1 6 2s 3 e 4 1a 1j 19 2b 9 7 28 b 3 m 1e 1i 1a 2b b 2c p 3 9 5 19 1i 3l a 7 26 h 3 h 4 1a 1i 1b 2j 1 6 28 8 3 u 1b 1h 1a 2b 9 1 6 27 s 3 7 3 1a 2s 2b 9 1 6 2k 3 l 4 1a 1j 19 2b 9 7 28 4 3 t 1e 1i 1a 2b b 2d o 3 a 4 1a 1i 1b 2j 1 6 27 9 3 p 4 2s 1a 2c 8 1 6 27 t 3 9 1b 1h 1a 2b 9 1',
    special: {},
  },
  XSAU: {
    from: '2021-01-01',
    until: '2029-12-31',
    weeks: {
      '2021-01-01': '1111001',
    },
    hours: {
      '2021-01-01': '10:00 15:00',
    },
    closures:
      '1g 28 3 1r 1 1 1 1 1r 48 1t 3 1 1 1 1 3 1o 3 1 1 1 68 1j 1 1 3 1 1 1r 1 1 3 6j 19 1 1 1 1 3 1 1n 3 1 1 1 1 3 2k 55 3 1 1 1 1r 1 3 1 2y 48 n 1 1 3 1 1q 1 1 1 1 3a 48 d 1 1 1 1 1u 1 1 1 1 3i 48 5 1 1 1 1 1q 1 3 1 1 7r 1 1 1 3 4 1n 1 1 1 1 46',
    special: {},
  },
} as const satisfies Readonly<Record<string, Table>>;
