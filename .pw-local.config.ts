import base from './playwright.config.ts';
const { webServer: _w, ...rest } = base as any;
export default { ...rest, use: { ...rest.use, baseURL: 'http://127.0.0.1:4999/' }, outputDir: '/tmp/ui/pw-results' };
