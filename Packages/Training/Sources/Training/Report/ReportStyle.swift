/// The style sheet of a run's page: light or dark as the reader's system is.
enum ReportStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1d2430; --faint: #66707f; --line: #d5dae1; --paper: #ffffff;
      --training: #b4531b; --test: #1f5fbf; --rate: #2f7d4f; --validation: #8a3fa8;
      --right: 31 95 191; --wrong: 200 50 40; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --faint: #9aa4b2; --line: #38404c; --paper: #14181e;
      --training: #f0a066; --test: #78aef8; --rate: #7cc99a; --validation: #c893e0;
      --right: 70 130 220; --wrong: 215 80 70; } }
    body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem;
      margin: 2rem auto; padding: 0 1rem; }
    h1 { margin-bottom: 0; } h2 { margin-top: 2.2rem; }
    .result { font-size: 1.25rem; margin-top: 0.2rem; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }
    svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
    svg text { fill: var(--ink); } svg .tick { fill: var(--faint); } svg .label { text-anchor: middle; }
    svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
    svg .axis { fill: none; stroke: var(--faint); } svg .grid { stroke: var(--line); stroke-width: 0.6; }
    svg polyline, svg path.training, svg path.test, svg path.rate,
      svg path.validation { fill: none; stroke-width: 2; stroke-linejoin: round; }
    svg .training { stroke: var(--training); } svg .test { stroke: var(--test); }
    svg .validation { stroke: var(--validation); } svg circle.validation { fill: var(--validation); }
    svg .rate { stroke: var(--rate); } svg circle.rate { fill: var(--rate); }
    svg.bars { width: 6rem; height: 1.25rem; fill: var(--test); }
    svg circle.training { fill: var(--training); } svg circle.test { fill: var(--test); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.25rem 0.55rem; text-align: right; border: 1px solid var(--line); }
    th { font-weight: 600; } .facts th, .facts td { text-align: left; }
    .confusion td.none { color: var(--faint); }
    .confusion td.right { background: rgb(var(--right) / var(--share)); }
    .confusion td.wrong { background: rgb(var(--wrong) / var(--share)); }
    .answers { display: flex; flex-wrap: wrap; gap: 1rem; }
    figure { margin: 0; width: 7.5rem; } figcaption { font-size: 0.85rem; line-height: 1.35; }
    img { width: 6rem; height: 6rem; object-fit: contain; image-rendering: pixelated; background: #000; }
    img.sheet { height: auto; max-width: 100%; background: none; }
    """
}
