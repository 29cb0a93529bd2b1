import Foundation

/// Something in a chart, with a name for the legend.
public struct Mark {
  enum Kind {
    case line(isDashed: Bool, isThin: Bool)
    case points(radius: Double)
    case bars(width: Double)
    case band(upper: [Double])
    case arrow
    case heat(HeatCells)
    case note(String)
  }

  let name: String?
  var color: Color?
  let kind: Kind
  let x: [Double]
  let y: [Double]

  /// A curve through points; what is not finite leaves a gap.
  ///
  /// - Parameters:
  ///   - name: in the legend. Default: not there.
  ///   - x: default 1, 2, 3, …
  ///   - y: as many.
  ///   - colour: default by the order in the chart.
  public static func line(
    _ name: String? = nil, x: [Double]? = nil, y: [Double], color: Color? = nil, isDashed: Bool = false,
    isThin: Bool = false
  ) -> Mark {
    Mark(
      name: name, color: color, kind: .line(isDashed: isDashed, isThin: isThin),
      x: x ?? y.indices.map { Double($0 + 1) }, y: y)
  }

  /// The curve of a function, at `count` places of a range.
  public static func function(
    _ name: String? = nil, over range: ClosedRange<Double>, count: Int = 201, color: Color? = nil,
    isDashed: Bool = false, _ function: (Double) -> Double
  ) -> Mark {
    let span = range.upperBound - range.lowerBound
    let x = (0..<count).map { range.lowerBound + span * Double($0) / Double(count - 1) }
    return .line(name, x: x, y: x.map(function), color: color, isDashed: isDashed)
  }

  /// Dots.
  public static func points(
    _ name: String? = nil, x: [Double], y: [Double], color: Color? = nil, radius: Double = 3
  ) -> Mark {
    Mark(name: name, color: color, kind: .points(radius: radius), x: x, y: y)
  }

  /// Bars that stand on 0, each about its place.
  ///
  /// - Parameters:
  ///   - x: the middles. Default 1, 2, 3, …
  ///   - width: of a bar, in units of x. Default 0.8.
  public static func bars(
    _ name: String? = nil, x: [Double]? = nil, y: [Double], width: Double = 0.8, color: Color? = nil
  ) -> Mark {
    Mark(name: name, color: color, kind: .bars(width: width), x: x ?? y.indices.map { Double($0 + 1) }, y: y)
  }

  /// How often numbers fall into each of equal parts of a range, as shares of all; what lies outside counts in the last ones.
  public static func histogram(
    _ name: String? = nil, of values: [Float], in range: ClosedRange<Double>, bins: Int = 40, color: Color? = nil
  ) -> Mark {
    var counts = [Double](repeating: 0, count: bins)
    let width = (range.upperBound - range.lowerBound) / Double(bins)
    for value in values where value.isFinite {
      let bin = ((Double(value) - range.lowerBound) / width).rounded(.down)
      counts[Int(min(max(bin, 0), Double(bins - 1)))] += 1 / Double(values.count)
    }
    let middles = (0..<bins).map { range.lowerBound + (Double($0) + 0.5) * width }
    return Mark(name: name, color: color, kind: .bars(width: width), x: middles, y: counts)
  }

  /// The surface between two curves over the same places.
  public static func band(
    _ name: String? = nil, x: [Double], from lower: [Double], to upper: [Double], color: Color? = nil
  ) -> Mark {
    Mark(name: name, color: color, kind: .band(upper: upper), x: x, y: lower)
  }

  /// An arrow from one point to another.
  public static func arrow(from: (x: Double, y: Double), to: (x: Double, y: Double), color: Color = .gray) -> Mark {
    Mark(name: nil, color: color, kind: .arrow, x: [from.x, to.x], y: [from.y, to.y])
  }

  /// A word at a point.
  public static func note(_ note: String, x: Double, y: Double, color: Color? = nil) -> Mark {
    Mark(name: nil, color: color ?? .gray, kind: .note(note), x: [x], y: [y])
  }

  /// A level line across the chart, from one x to another.
  public static func level(_ name: String? = nil, _ y: Double, over x: ClosedRange<Double>, color: Color = .gray)
    -> Mark
  {
    .line(name, x: [x.lowerBound, x.upperBound], y: [y, y], color: color, isDashed: true, isThin: true)
  }

  /// A class for each point of a grid: the regions of a decision, in the classes' colours.
  public static func regions(_ classes: [Int], on grid: PlaneGrid) -> Mark {
    heat(HeatCells(rows: grid.rows(classes.map { Double($0) }), kind: .classes), grid)
  }

  /// A number for each point of a grid: the more above 0 the more of one colour, below 0 of another.
  public static func heat(
    _ values: [Double], on grid: PlaneGrid, most: Double? = nil, color: Color = .blue, below: Color = .orange
  ) -> Mark {
    heat(HeatCells(rows: grid.rows(values), kind: .signed(color, below), most: most), grid)
  }

  private static func heat(_ cells: HeatCells, _ grid: PlaneGrid) -> Mark {
    Mark(
      name: nil, color: .gray, kind: .heat(cells), x: [grid.x.lowerBound, grid.x.upperBound],
      y: [grid.y.lowerBound, grid.y.upperBound])
  }
}
