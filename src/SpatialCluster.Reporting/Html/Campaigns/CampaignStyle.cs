using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>What the page of a campaign adds to the style sheet of a report.</summary>
internal static class CampaignStyle
{
    public static string Css { get; } = $$"""
        {{Colours(SeriesPalette.OnLight)}}
        @media (prefers-color-scheme: dark) { {{Colours(SeriesPalette.OnDark)}} }
        main, header, footer { max-width: 1240px; }
        .contents { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 16px 0 0; padding: 0; list-style: none; font-size: 14px; }
        a { color: var(--accent); }
        section { scroll-margin-top: 12px; }
        h3 { margin-top: 22px; }
        .about + h3 { margin-top: 4px; }
        .legend + h3 { margin-top: 16px; }
        .cards { grid-template-columns: repeat(auto-fill, minmax(155px, 1fr)); }
        .card dd { font-size: 20px; }
        .about { max-width: 110ch; }
        .panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr)); gap: 14px 18px; }
        .panels figcaption, .row figcaption { font-size: 14px; font-weight: 600; }
        .panels figure { max-width: 440px; }
        svg.panel text { font-size: 12px; }
        .row { display: flex; flex-wrap: wrap; gap: 16px 28px; }
        .row > figure { max-width: 100%; }
        .ink { color: var(--ink); }
        .line { stroke: currentColor; }
        .marker { fill: currentColor; stroke: var(--panel); stroke-width: .8; }
        .whisker { fill: none; stroke: currentColor; stroke-width: 1.3; stroke-opacity: .6; }
        .points { fill: none; stroke: currentColor; stroke-width: 3.4; stroke-linecap: round; stroke-opacity: .55; }
        .column { fill: currentColor; stroke: currentColor; stroke-width: 1.3; }
        .box[class*=" s"] { stroke: currentColor; fill: currentColor; }
        .legend svg.line-key { width: 38px; height: 12px; flex: none; }
        .legend svg.bar-key { width: 16px; height: 12px; flex: none; }
        .thumbs { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 12px; align-items: end; }
        .thumbs > figure { max-width: 200px; }
        .thumbs figcaption { margin-bottom: 4px; font-size: 13px; line-height: 1.3; overflow-wrap: anywhere; }
        .thumbs figcaption b { display: block; font-weight: 600; }
        .thumbs svg.tissue { max-height: 260px; }
        svg.scatter { display: block; width: 100%; border: 1px solid var(--line); border-radius: 6px; }
        table.scores { width: auto; min-width: 100%; font-size: 13.5px; }
        table.scores th, table.scores td { padding: 6px 0 6px 16px; overflow-wrap: normal; }
        table.scores thead th { vertical-align: bottom; }
        table.scores th:first-child { padding-left: 0; width: auto; min-width: 110px; max-width: 240px; overflow-wrap: anywhere; position: sticky; left: 0; background: var(--panel); }
        table.scores th.metric { white-space: nowrap; }
        table.scores td.bar { min-width: 70px; }
        table.scores tbody th { color: var(--ink); }
        table.scores td.text { text-align: left; overflow-wrap: anywhere; min-width: 90px; }
        table.scores .sd { display: block; color: var(--quiet); font-size: 12px; }
        td.best { font-weight: 700; }
        td.best .sd { font-weight: 400; }
        .star { color: var(--accent); margin-right: 3px; }
        .name svg { width: 12px; height: 12px; margin-right: 7px; vertical-align: -1px; }
        details { margin-top: 12px; border-top: 1px solid var(--line); padding-top: 8px; }
        summary { cursor: pointer; font-size: 14px; color: var(--accent); overflow-wrap: anywhere; }
        details[open] > summary { margin-bottom: 8px; }
        .failures details { margin-top: 0; padding: 6px 0; }
        .failures summary { color: var(--ink); }
        .failures summary .quiet { display: block; padding-left: 16px; font-size: 13px; }
        .empty { padding: 26px; text-align: center; color: var(--quiet); }
        table.scores td.digest { font-size: 12px; }
        @media (max-width: 760px) {
          svg.chart.panel text, .row svg.chart text { font-size: 12px; }
          .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .thumbs { grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 10px; }
          table.scores th:first-child { max-width: 130px; }
          .panels figure { max-width: none; }
        }
        @media print {
          .scroll { overflow: visible; }
          section { break-inside: auto; }
          figure, tr { break-inside: avoid; }
          details::details-content { content-visibility: visible; display: block; height: auto; }
        }
        """;

    private static string Colours(IReadOnlyList<Rgb> colours) => string.Join(" ", colours.Select((colour, i) => $".s{i} {{ color: {colour}; }}"));
}
