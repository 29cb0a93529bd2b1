/// The colours of curves, classes and bars: told apart by those who see few colours, on white and on black.
public enum Color: Int, CaseIterable, Sendable {
  case blue, orange, green, purple, red, teal, gold, gray

  /// The colour of a class or curve by its number, from the first again after the last.
  public static func number(_ index: Int) -> Color { allCases[index % allCases.count] }

  var fill: String { "f\(rawValue)" }
  var stroke: String { "s\(rawValue)" }

  fileprivate var light: String {
    ["#1f5fbf", "#c2571a", "#2b7a4b", "#7b4ab5", "#b8323a", "#0f7f8f", "#8a6d00", "#5b6470"][rawValue]
  }

  fileprivate var dark: String {
    ["#78aef8", "#f0a066", "#6fd096", "#c19bf0", "#f28b8b", "#5fd0dd", "#e0c060", "#a8b2c0"][rawValue]
  }
}

/// What the classes of the elements look like: dark where the reader's system is.
enum Style {
  static let css = """
    text { font-family: system-ui, "DejaVu Sans", sans-serif; font-size: 12px; }
    .title { font-size: 14px; font-weight: 600; } .small { font-size: 10.5px; } .large { font-size: 15px; }
    .middle { text-anchor: middle; } .end { text-anchor: end; }
    .axis, .grid, .curve, .edge { fill: none; } .curve { stroke-width: 2; stroke-linejoin: round; }
    .thin { stroke-width: 1; } .dashed { stroke-dasharray: 6 4; } .cells { shape-rendering: crispEdges; }
    .tile { image-rendering: pixelated; }
    \(palette(ink: "#1d2430", faint: "#5b6470", line: "#d5dae1", paper: "#ffffff") { $0.light })
    @media (prefers-color-scheme: dark) {
    \(palette(ink: "#e6e9ee", faint: "#a0aab8", line: "#38404c", paper: "#14181e") { $0.dark })
    }
    """

  private static func palette(
    ink: String, faint: String, line: String, paper: String, _ shade: (Color) -> String
  ) -> String {
    let colors = Color.allCases.map { ".\($0.fill) { fill: \(shade($0)); } .\($0.stroke) { stroke: \(shade($0)); }" }
    return """
      text { fill: \(ink); } text.tick { fill: \(faint); } .paper { fill: \(paper); } .ink { fill: \(ink); }
      .axis, .edge { stroke: \(faint); } .grid { stroke: \(line); } .cell { fill: \(paper); stroke: \(faint); }
      .outline { stroke: \(paper); } .arrow { fill: \(faint); }
      \(colors.joined(separator: " "))
      """
  }
}
