/** How the pages look. */
export const STYLE: string = `:root{--page:#f4f5f8;--card:#fff;--text:#1b2130;--quiet:#5a6478;--line:#dfe3eb;--edge:#838c9e;--accent:#2557d6;--on:#fff;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--page:#12151c;--card:#1b202a;--text:#e9ecf3;--quiet:#a2acbf;--line:#2d3443;--edge:#717c92;--accent:#8fb0ff;--on:#101828;--bad:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{max-width:28rem;margin:0 auto}
h1{margin:.5rem 0 .25rem;font-size:1.5rem;line-height:1.2}
h2{margin:0 0 .5rem;font-size:1rem}
p{margin:.25rem 0}
.quiet{color:var(--quiet)}
.note{margin:1rem 0;padding:.75rem 1rem;border:1px solid var(--bad);border-radius:.75rem;color:var(--bad);overflow-wrap:anywhere}
form,.card{margin:1rem 0;padding:1.25rem;border:1px solid var(--line);border-radius:.75rem;background:var(--card)}
fieldset{margin:0 0 1.25rem;padding:0;border:0}
legend{margin-bottom:.25rem;padding:0;font-weight:600}
.choice{display:flex;align-items:center;gap:.75rem;min-height:2.75rem;border-bottom:1px solid var(--line)}
.choice input{flex:none;width:1.15rem;height:1.15rem;margin:0;accent-color:var(--accent)}
.choice span{flex:1;min-width:0;overflow-wrap:anywhere}
.choice small{color:var(--quiet)}
.bars{flex:none;display:flex;align-items:flex-end;gap:2px;height:1rem}
.bars i{width:4px;height:25%;border-radius:1px;background:var(--line)}
.bars i:nth-child(2){height:50%}.bars i:nth-child(3){height:75%}.bars i:nth-child(4){height:100%}
.bars i.on{background:var(--text)}
label.field{display:block;margin:0 0 1rem;font-weight:600}
fieldset .field{margin-top:.75rem}
fieldset:not(:has([value=""]:checked)) .field{display:none}
.field input{display:block;width:100%;margin-top:.25rem;font-weight:400}
.show{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;margin:-.75rem 0 .75rem}
.show input{width:1.15rem;height:1.15rem;margin:0;accent-color:var(--accent)}
.field input,button{min-height:2.75rem;padding:0 .75rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card);color:inherit;font:inherit}
button{width:100%;margin-top:.5rem;border-color:var(--accent);background:var(--accent);color:var(--on);font-weight:600;cursor:pointer}
button.second{background:var(--card);color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0}
dt{color:var(--quiet)}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
`;
