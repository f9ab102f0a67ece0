namespace SpatialCluster.Reporting.Html;

/// <summary>The style sheet of a report: no fonts, scripts or images from elsewhere.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ground: #f4f5f7; --panel: #ffffff; --ink: #1f2430; --quiet: #5d6575; --line: #e1e4ea; --accent: #0b63a5; --note: #fff6e0; --note-line: #e0a93b; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #101318; --panel: #191d24; --ink: #e8eaef; --quiet: #9aa3b2; --line: #2d333d; --accent: #6cb8f0; --note: #2b2414; --note-line: #a87d2a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
        main, header, footer { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
        header { padding-top: 34px; padding-bottom: 8px; }
        .eyebrow { margin: 0; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; }
        h1 { margin: 2px 0 4px; font-size: clamp(24px, 4vw, 34px); line-height: 1.2; letter-spacing: -.015em; overflow-wrap: anywhere; }
        .lead { margin: 0; color: var(--quiet); }
        h2 { margin: 0 0 4px; font-size: 19px; letter-spacing: -.005em; }
        h3 { margin: 0 0 8px; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
        section { margin: 18px 0; padding: 20px; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; }
        .about { margin: 0 0 14px; color: var(--quiet); font-size: 14px; max-width: 100ch; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 12px; margin: 20px 0 0; padding: 0; }
        .card { display: flex; flex-direction: column; margin: 0; padding: 12px 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; min-width: 0; }
        .card dt { color: var(--quiet); font-size: 13px; }
        .card dd { margin: 0; font-size: 22px; font-weight: 600; line-height: 1.3; letter-spacing: -.01em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .card dd.detail { font-size: 13px; font-weight: 400; color: var(--quiet); letter-spacing: 0; }
        .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; }
        .pair > section { margin: 0; }
        .maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 28px; }
        .maps > figure.lone { max-width: 760px; }
        figure { margin: 0; min-width: 0; }
        svg.tissue { display: block; width: 100%; max-height: 620px; margin: 0 auto; }
        svg.chart { display: block; width: 100%; max-width: 680px; height: auto; }
        .scroll { overflow-x: auto; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 12px 0 0; padding: 0; list-style: none; font-size: 14px; }
        .legend li { display: flex; align-items: center; gap: 7px; min-width: 0; overflow-wrap: anywhere; }
        .legend .label { font-weight: 600; }
        .legend svg.dot { width: 12px; height: 12px; flex: none; }
        .legend svg.key { width: 26px; height: 10px; flex: none; }
        .quiet { color: var(--quiet); font-variant-numeric: tabular-nums; }
        .scale { display: block; width: 100%; max-width: 420px; margin: 14px 0 0; }
        svg text { font: 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: var(--quiet); font-variant-numeric: tabular-nums; }
        svg text.axis-title { fill: var(--ink); }
        .grid { stroke: var(--line); }
        .base, .mark { stroke: var(--quiet); }
        .line { fill: none; stroke-width: 1.7; stroke-linejoin: round; }
        .line.total { stroke: var(--ink); stroke-width: 2.4; }
        .dots path { fill: none; stroke-linecap: round; stroke-opacity: .8; }
        .box path { fill: none; stroke-width: 1.4; }
        .box rect { fill-opacity: .3; stroke-width: 1.4; }
        .box path.median { stroke-width: 2.6; }
        .switch { position: absolute; opacity: 0; pointer-events: none; }
        .switch-label { display: inline-block; margin: 0 6px 10px 0; padding: 2px 12px; border: 1px solid var(--line); border-radius: 999px; font-size: 13px; color: var(--quiet); cursor: pointer; }
        #loss-log:checked ~ label[for="loss-log"], #loss-linear:checked ~ label[for="loss-linear"] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
        #loss-log:focus-visible ~ label[for="loss-log"], #loss-linear:focus-visible ~ label[for="loss-linear"] { outline: 2px solid var(--accent); outline-offset: 2px; }
        .switched { position: relative; }
        .switched .plot { display: none; }
        #loss-log:checked ~ .plot-log, #loss-linear:checked ~ .plot-linear { display: block; }
        .notes { background: var(--note); border-color: var(--note-line); }
        .notes ul { margin: 6px 0 0; padding-left: 20px; }
        .notes li { overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; font-size: 14px; }
        th, td { padding: 6px 12px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        tr:last-child > th, tr:last-child > td { border-bottom: 0; }
        th[scope="row"] { width: 36%; }
        th { font-weight: 400; color: var(--quiet); }
        thead th { font-size: 13px; }
        td { font-variant-numeric: tabular-nums; }
        td.number { text-align: right; white-space: nowrap; padding-right: 0; }
        th.number { text-align: right; padding-right: 0; }
        td.bar { width: 45%; }
        td.bar svg { display: block; width: 100%; height: 12px; margin-top: 5px; }
        .bar rect { fill: var(--accent); }
        code, pre { font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
        pre { margin: 6px 0 14px; padding: 12px; background: var(--ground); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
        footer { padding-top: 4px; padding-bottom: 34px; color: var(--quiet); font-size: 13px; }
        @media (max-width: 760px) {
          main, header, footer { padding-left: 12px; padding-right: 12px; }
          header { padding-top: 20px; }
          section { padding: 14px; margin: 12px 0; }
          .pair { grid-template-columns: minmax(0, 1fr); gap: 12px; }
          .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
          .card dd { font-size: 19px; }
          td.bar { width: 30%; }
          svg.chart text { font-size: 16px; }
        }
        @media print { section { break-inside: avoid; } body { background: #fff; } }
        """;
}
