import { propertiesOf } from './tokens.ts';

/** The page's look in one file: its type, spacing and colours; paper is always light. */
export const stylesOf = (tables: readonly { readonly css: string }[]): string =>
  `${screen}\n${tables.map(({ css }) => css).join('\n')}\n${narrow}\n${paper}`;

const screen = `:root{color-scheme:light;${propertiesOf(0)};
--font:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;
--mono:ui-monospace,'SF Mono','Cascadia Mono','DejaVu Sans Mono',Menlo,monospace}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${propertiesOf(1)}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:400 .9375rem/1.5 var(--font);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;max-width:64rem;margin:0 auto;padding:2rem 1.5rem 4rem}
header,section{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;padding:1.5rem;border:1px solid var(--line);border-radius:6px;background:var(--surface)}
h1,h2,h3,p,ul,dl,dd,figure,pre{margin:0;padding:0}
h1{font-size:1.75rem;font-weight:600;letter-spacing:-.02em;line-height:1.2}
h2{font-size:1.125rem;font-weight:600;line-height:1.3}
h3{font-size:.9375rem;font-weight:600;line-height:1.4}
ul{list-style:none}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font-family:var(--mono);font-size:.92em}
.muted,figcaption,caption{color:var(--muted)}
.small,figcaption,caption{font-size:.8125rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.kind{color:var(--muted);font-size:.8125rem}
.labels{display:flex;flex-wrap:wrap;gap:.5rem}
.labels strong{padding:0 .5rem;border-radius:1em;background:var(--accent-soft);color:var(--accent);font-size:.8125rem;font-weight:600;line-height:1.5rem}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem;padding:.75rem 1rem;border-left:3px solid var(--control);border-radius:6px;background:var(--sunken)}
.verdict span{flex:1 1 16rem}
.verdict.red{border-color:var(--danger);background:var(--danger-soft)}
.verdict.amber{border-color:var(--threshold)}
.verdict.green{border-color:var(--long)}
.level{display:inline-flex;align-items:center;gap:.25rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.level svg{fill:currentColor}
.level.red{color:var(--danger)}.level.amber{color:var(--caution)}.level.green{color:var(--long)}.level.open{color:var(--muted)}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));overflow:hidden;border:1px solid var(--line);border-radius:6px}
.tiles div{display:grid;align-content:space-between;gap:.25rem;min-height:4.25rem;padding:.75rem;box-shadow:0 0 0 1px var(--line)}
.tiles dt{color:var(--muted);font-size:.75rem}
.tiles dd{font-size:1.3125rem;font-weight:500;letter-spacing:-.02em;line-height:1.3}
.why{display:block;color:var(--muted);font-size:.75rem;font-weight:400;letter-spacing:0;line-height:1.4}
.contents{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0 1.5rem;font-size:.8125rem}
.notes{display:grid;gap:.25rem}
.notes li{position:relative;padding-left:1rem}
.notes li::before{content:"";position:absolute;left:2px;top:.6em;width:6px;height:6px;border-radius:50%;background:var(--control)}
.notes .warning::before{left:1px;width:8px;height:8px;top:.5em;border-radius:0;background:var(--threshold);clip-path:polygon(50% 0,100% 100%,0 100%)}
.notes strong{color:var(--caution)}
.chart{display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem}
.head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 1rem}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.8125rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.plot{display:block;width:calc(100% - .5rem - var(--left));margin:.5rem .5rem 1.75rem var(--left);overflow:visible;font-size:.75rem}
.plot svg{overflow:visible}
.plot text{fill:var(--muted)}
.plot .y text{text-anchor:end}
.grid line{stroke:var(--line)}
.x line{stroke:var(--axis)}
path,.plot svg line,.key line{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
.level path{stroke:none;fill:currentColor}
.equity{stroke:var(--equity)}
.benchmark{stroke:var(--benchmark);stroke-dasharray:5 4}
path.under{stroke:var(--under);stroke-width:1.25}
path.fill{fill:var(--under);fill-opacity:.2;stroke:none}
.zero{stroke:var(--axis)}
.border{stroke:var(--control);stroke-opacity:.5}
.bar{fill:var(--equity);fill-opacity:.75}
.mean{stroke:var(--text);stroke-width:2}
.quantile{stroke:var(--under);stroke-width:2;stroke-dasharray:6 3}
table{width:100%;border-collapse:collapse;font-size:.8125rem;overflow-wrap:break-word}
caption{padding-bottom:.5rem;text-align:left}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);font-weight:400;text-align:left;vertical-align:top}
.data :is(th,td):first-child{padding-left:0}
.data :is(th,td):last-child{padding-right:0}
thead th{color:var(--muted);font-weight:500;vertical-align:bottom}
tfoot :is(th,td){border-bottom:0;font-weight:600}
.hash,.settings,.files th{overflow-wrap:anywhere}
.files tbody th{min-width:6rem}
.hash{font-size:.75rem}
.trades{font-size:.75rem}
.metrics{margin-bottom:.5rem}
.metrics caption{color:var(--text);font-size:.9375rem;font-weight:600}
.metrics,.settings{table-layout:fixed}
.metrics thead th:nth-child(1){width:22%}.metrics thead th:nth-child(2){width:18%}
.metrics td:nth-child(2){padding-right:1.5rem}.metrics thead th:nth-child(2){padding-right:1.5rem}
.metrics td:nth-child(3){color:var(--muted)}
.metrics code{display:block;font-size:.75rem}
.settings thead th:first-child{width:40%}
.digests thead th:first-child{width:5rem}
.folds :is(th,td){font-size:.75rem}
.folds thead th:nth-child(4){width:24%}
.months{table-layout:fixed;border-collapse:separate;border-spacing:1px}
.months :is(th,td){padding:.25rem;border:0;text-align:right}
.months caption{padding-bottom:.5rem}
.months tbody th,.months thead th:first-child{text-align:left}
.months thead th:last-child,.total{width:11%}
.total{font-weight:600}
.scale{display:flex;flex-wrap:wrap;gap:1px;font-size:.75rem}
.scale li{flex:1 1 0;padding:.125rem 0;text-align:center;white-space:nowrap}
.z{background:var(--heat-mid)}
.p1{background:var(--p1)}.p2{background:var(--p2)}.p3{background:var(--p3)}.p4{background:var(--p4)}
.n1{background:var(--n1)}.n2{background:var(--n2)}.n3{background:var(--n3)}.n4{background:var(--n4)}
.findings li{display:grid;gap:.25rem;padding:1rem 0;border-top:1px solid var(--line)}
.findings li:last-child{padding-bottom:0}
summary{width:fit-content;color:var(--accent);font-size:.8125rem;cursor:pointer}
pre{margin-top:.5rem;padding:.75rem;border-radius:6px;background:var(--sunken);font-size:.75rem;white-space:pre-wrap}
.link{font-size:.75rem}
footer{color:var(--muted);font-size:.8125rem;text-align:center}`;

/** Rows become blocks, so that nothing scrolls sideways. */
const narrow = `@media screen and (max-width:40rem){
main{gap:1rem;padding:1rem .75rem 3rem}
header,section{padding:1rem}
h1{font-size:1.3125rem}
.contents{padding:0 1rem}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.tiles dd{font-size:1.125rem}
.x .spare text{display:none}
.scale{font-size:.6875rem}
.data.trades tr{grid-template-columns:repeat(3,minmax(0,1fr))}
.data,.data :is(tbody,tfoot),.data caption{display:block}
.data thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.data tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.125rem .75rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.data tr>:nth-child(n){width:auto;padding:0;border:0;text-align:left}
.data tr>th{grid-column:1/-1;font-weight:600}
.data td::before{display:block;color:var(--muted);font-size:.75rem}
.trades th::before{content:"Trade "}
.drawdowns th::before{content:"Rank "}
.folds th::before{content:"Fold "}
.metrics td:nth-child(3),.files td:nth-child(5),.digests td,.folds td:nth-child(4){grid-column:1/-1}
.months,.months tbody,.months caption{display:block}
.months thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.months tr{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:1px;margin-bottom:.75rem}
.months tbody :is(th,.total){grid-row:1;width:auto;padding-inline:0;font-weight:600}
.months tbody th{grid-column:1/3}
.months .total{grid-column:3/7}
.months td[data-month]::before{content:attr(data-month);display:block;font-size:.6875rem}
.months .out::before{color:var(--muted)}
}`;

const paper = `@page{size:auto;margin:14mm}
@media print{
html{font-size:87.5%}
body{background:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{display:block;max-width:none;padding:0}
header,section{padding:0 0 1.25rem;border:0;background:none}
section{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.contents,details:not([open]){display:none}
h1,h2,h3,caption{break-after:avoid}
section>h2+*{break-before:avoid}
section>h2+p:not(:last-child){break-after:avoid}
figure,tr,.findings li,.tiles,.verdict,.scale,.notes li{break-inside:avoid}
.months{break-inside:avoid}
thead{display:table-header-group}
tfoot{display:table-row-group}
header,section,.chart{display:block}
header>*+*,section>*+*,.chart>*+*{margin-top:.75rem}
.trades{font-size:.6875rem}
.hash{font-size:.625rem}
.trades :is(th,td){padding-inline:.2rem}
a{color:inherit;text-decoration:none}
p{orphans:3;widows:3}
}`;
