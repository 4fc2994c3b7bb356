/** Okabe and Ito's colours: told apart with any kind of colour vision; shapes and words say the same. */
export const styles = `
:root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1c2024;--quiet:#5c656e;--line:#dfe3e6;--good:#0072b2;--bad:#c2410c;--doubt:#b07400;--doubt-dot:#e69f00;
--pass:#00704f;--fail:#b42318;--unknown:#7a5b00;--first:#0072b2;--first-ink:#fff;--second:#cfe3f1;--second-ink:#1c3a4d;--gone:#9aa3ab;--band:#c2410c14;--shade:#f1f3f4;--heal:#e8c9b8;--rate:#9cc8e2;--lost:#a6307c}
@media (prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1c2024;--ink:#e8eaec;--quiet:#a3adb6;--line:#343a40;--good:#56b4e9;--bad:#ff8a5c;--doubt:#f0b429;--doubt-dot:#f0b429;
--pass:#3ddba8;--fail:#ff8577;--unknown:#f0b429;--first:#56b4e9;--first-ink:#06202f;--second:#25465b;--second-ink:#d5e8f5;--gone:#69737c;--band:#ff8a5c1c;--shade:#262b30;--heal:#5c3b2b;--rate:#2d6a8c;--lost:#f29acb}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1180px;margin:0 auto;padding:20px 20px 60px}
h1{font-size:15px;font-weight:600;margin:0;color:var(--quiet)}
h2{font-size:19px;margin:36px 0 6px}h3{font-size:15px;margin:18px 0 4px}
p{margin:6px 0}small,.small{font-size:12.5px}.quiet,small,.lead{color:var(--quiet)}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.verdict{display:flex;gap:16px;align-items:flex-start;margin:10px 0 4px}
.badge{flex:none;font-weight:800;font-size:20px;letter-spacing:.04em;padding:7px 14px;border-radius:8px;color:#fff}
.badge.pass{background:#00704f}.badge.fail{background:#b42318}.badge.unknown{background:#7a5b00}
.sentence{font-size:22px;line-height:1.35;font-weight:600;margin:2px 0;text-wrap:pretty}
.reasons{margin:6px 0 0;padding-left:20px}.reasons li{margin:2px 0}
.is-pass{color:var(--pass)}.is-fail{color:var(--fail)}.is-unknown{color:var(--unknown)}
.claim{border-left:3px solid var(--line);padding-left:10px;margin:10px 0;color:var(--quiet)}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:10px;margin:18px 0}
.tile{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--gone);border-radius:8px;padding:8px 12px 10px}
.tile.pass{border-top-color:var(--pass)}.tile.fail{border-top-color:var(--fail)}.tile.unknown{border-top-color:var(--unknown)}
.tile-name{font-size:13px;color:var(--quiet)}.tile-value{font-size:27px;font-weight:700;line-height:1.25;font-variant-numeric:tabular-nums}
.tile-note{font-size:13px}.tile-limit{font-size:12.5px;line-height:1.35;color:var(--quiet);margin-top:3px}.tile-limit b{white-space:nowrap}
.timeline{position:relative;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px 12px;--label:150px}
.bar{display:flex;flex-wrap:wrap;gap:6px 14px;justify-content:space-between;align-items:center}
.views{display:flex;gap:6px}
button{font:inherit;font-size:13px;color:inherit;background:var(--shade);border:1px solid var(--line);border-radius:6px;padding:4px 10px;cursor:pointer}
button[aria-pressed=true]{background:var(--first);color:var(--first-ink);border-color:var(--first)}
button:focus-visible,summary:focus-visible{outline:2px solid var(--good);outline-offset:2px}
.lane{display:grid;grid-template-columns:var(--label) 1fr;gap:0 10px;align-items:center;margin:3px 0}
.lane-label{font-size:13px;line-height:1.25;text-align:right;overflow-wrap:anywhere}.lane-label small{display:block;font-size:11px}
.plot{position:relative;overflow:hidden;min-width:0}
.plot svg{position:absolute;inset:0;width:100%;height:100%;display:block}
.group-name{margin:16px 0 4px;font-size:15px;font-weight:700;border-top:1px solid var(--line);padding-top:10px}
.rate .plot,.scatter .plot{background:var(--shade);border-radius:3px}
.band{fill:var(--band)}.fault-force{fill:var(--bad)}.fault-heal{fill:var(--heal)}
.role-first{fill:var(--first);color:var(--first-ink)}.role-second{fill:var(--second);color:var(--second-ink)}
.role-candidate{fill:var(--doubt-dot);color:#2b1d00}.role-gone{fill:none;stroke:var(--gone);stroke-width:1.5px;stroke-dasharray:4 3;vector-effect:non-scaling-stroke;color:var(--quiet)}
.on-span,.outage-text,.tick,.phase{position:absolute;left:calc((var(--t) - var(--f)) / (var(--u) - var(--f)) * 100%);white-space:nowrap}
.on-span{top:0;bottom:0;padding:0 5px;font-size:12px;line-height:20px;overflow:hidden;text-overflow:ellipsis;left:max(0%,calc((var(--t) - var(--f)) / (var(--u) - var(--f)) * 100%));right:max(0%,calc((var(--u) - var(--e)) / (var(--u) - var(--f)) * 100%))}
.fault .on-span{line-height:24px;font-weight:700}.fault-text{color:#fff}.heal-text{color:var(--ink)}
@media (prefers-color-scheme:dark){.fault-text{color:#2a0f04}}
.tick{bottom:0;font-size:12px;color:var(--quiet);transform:translateX(-50%);font-variant-numeric:tabular-nums}
.tick::after{content:"";display:block;width:1px;height:5px;background:var(--gone);margin:0 auto}
.phase{top:0;font-size:11.5px;color:var(--quiet);padding-left:4px;border-left:1px solid var(--gone);line-height:15px}
.y-tick{position:absolute;left:3px;font-size:10.5px;line-height:1;color:var(--quiet);transform:translateY(-115%);pointer-events:none;background:var(--shade);border-radius:2px;padding:0 2px}
.axis .plot{overflow:clip;overflow-clip-margin:14px}
.grid{stroke:var(--line);stroke-width:1px;vector-effect:non-scaling-stroke;fill:none}
.dots{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round;stroke-width:3px}
.dots.acknowledged{stroke:var(--good);stroke-opacity:.55}.dots.failed{stroke:var(--bad);stroke-linecap:square;stroke-width:3.5px;stroke-opacity:.85}.dots.in-doubt{stroke:var(--doubt-dot);stroke-linecap:square;stroke-width:7px}
.rate-good{fill:var(--rate)}.rate-bad{fill:var(--bad)}
.outage{fill:none;stroke:var(--bad);stroke-width:2px;vector-effect:non-scaling-stroke}
.outage-text{top:50%;margin-left:calc((var(--e) - var(--t)) / (var(--u) - var(--f)) * 100%);transform:translate(6px,-50%);font-weight:700;font-size:14px;line-height:1;color:var(--bad);background:var(--card);border-radius:4px;padding:3px 6px;border:1px solid var(--bad)}
.lost-span{fill:var(--lost);fill-opacity:.25;stroke:var(--lost);stroke-width:1.5px;vector-effect:non-scaling-stroke}
.lost-text{position:absolute;top:6px;left:calc((var(--t) - var(--f)) / (var(--u) - var(--f)) * 100%);transform:translateX(calc(-100% - 6px));white-space:nowrap;font-weight:700;font-size:13px;line-height:1;color:var(--lost);background:var(--card);border:1px solid var(--lost);border-radius:4px;padding:3px 6px}
.key.lost{background:var(--lost)}.outage-text.before{transform:translate(calc(-100% - 8px),-50%)}
.legend{display:flex;flex-wrap:wrap;gap:3px 14px;font-size:12.5px;color:var(--quiet);margin:10px 0 0}
.key{display:inline-block;width:11px;height:11px;margin-right:5px;border-radius:2px;vertical-align:-1px}
.key.acknowledged{background:var(--good);border-radius:50%}.key.failed{background:var(--bad)}.key.in-doubt{background:var(--doubt-dot)}
.key.role-first{background:var(--first)}.key.role-second{background:var(--second)}.key.role-candidate{background:var(--doubt-dot)}.key.role-gone{border:1.5px dashed var(--gone)}.key-band{background:var(--band);border:1px solid var(--line)}
.pointer{position:absolute;top:44px;bottom:8px;width:1px;background:var(--ink);opacity:.7;pointer-events:none}
.pointer span{position:absolute;bottom:0;left:4px;background:var(--ink);color:var(--bg);font-size:12px;padding:0 5px;border-radius:3px;font-variant-numeric:tabular-nums;white-space:nowrap}
[hidden]{display:none!important}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;background:var(--card);border:1px solid var(--line)}
th,td{text-align:left;vertical-align:top;padding:5px 10px;border-top:1px solid var(--line);font-weight:400}
thead th{font-size:12.5px;color:var(--quiet);white-space:nowrap}
caption{text-align:left;padding:6px 0;font-weight:600}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.accounting{width:auto;min-width:min(100%,620px)}.bad th,.bad td{color:var(--fail);font-weight:700}
.steps .bar-cell{width:45%;min-width:140px;vertical-align:middle}.track{position:relative;height:16px}
.track i{position:absolute;top:3px;height:10px;border-radius:2px}.spent{background:var(--good)}.predicted{border:1.5px dashed var(--quiet);top:0!important;height:16px!important}
.logs{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,monospace}.log-line{overflow-wrap:anywhere;min-width:320px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 14px;margin:6px 0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
pre{background:var(--shade);border-radius:6px;padding:10px 12px;overflow-x:auto;font-size:13px;margin:8px 0;white-space:pre-wrap;overflow-wrap:anywhere}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.93em}
@media (max-width:860px){.tiles{grid-template-columns:repeat(3,1fr)}}
@media (max-width:640px){main{padding:12px 10px 40px}.verdict{display:block}.badge{display:inline-block;font-size:17px;padding:4px 10px}.sentence{font-size:18px;margin-top:8px}
.tiles{grid-template-columns:repeat(2,1fr);gap:8px}.tile{padding:6px 10px 8px}.tile-value{font-size:22px}
.timeline{padding:8px 8px 10px}.lane{grid-template-columns:1fr;margin:7px 0 0}.lane-label{text-align:left}.lane-label small{display:inline}
dl{grid-template-columns:1fr}.scroll table{min-width:560px}.scroll .accounting{min-width:0}dt{margin-top:6px}th,td{padding:4px 7px}.log-line{min-width:260px}}
@media print{button{display:none}}
`;
