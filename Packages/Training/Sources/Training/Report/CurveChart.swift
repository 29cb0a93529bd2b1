import Foundation

/// Curves over the epochs, drawn as SVG that takes its colours from the page.
struct CurveChart {
  /// A curve: its name in the legend, its class in the style sheet, and a value for each epoch from 1; nil leaves a gap.
  struct Series {
    let name: String
    let style: String
    let values: [Double?]
  }

  let title: String
  let valueLabel: String
  let series: [Series]

  private static let size = (width: 480.0, height: 300.0)
  private static let margin = (left: 62.0, right: 14.0, top: 30.0, bottom: 46.0)

  private var epochCount: Int { series.map(\.values.count).max() ?? 0 }

  /// The chart.
  var svg: String {
    let ticks = AxisTicks(covering: series.flatMap { $0.values.compactMap { $0 } }.filter(\.isFinite))
    let parts =
      [frame(ticks)] + ticks.values.map { valueTick($0, ticks) } + epochTicks.map(epochTick)
      + series.map { curve($0, ticks) } + series.indices.map(legend)
    return """
      <svg viewBox="0 0 480 300" role="img" aria-label="\(escaped(title))">
      \(parts.joined(separator: "\n"))
      </svg>
      """
  }

  private func frame(_ ticks: AxisTicks) -> String {
    let (left, bottom) = (Self.margin.left, Self.size.height - Self.margin.bottom)
    let right = Self.size.width - Self.margin.right
    return """
      <path class="axis" d="M\(left) \(Self.margin.top)V\(bottom)H\(right)"/>
      <text class="label" x="\((left + right) / 2)" y="\(Self.size.height - 8)">epoch</text>
      <text class="label" transform="translate(14 \((Self.margin.top + bottom) / 2)) rotate(-90)">\(escaped(valueLabel))\
      </text>
      """
  }

  private func valueTick(_ value: Double, _ ticks: AxisTicks) -> String {
    let y = place(value, ticks)
    return """
      <path class="grid" d="M\(Self.margin.left) \(y)H\(Self.size.width - Self.margin.right)"/>\
      <text class="tick end" x="\(Self.margin.left - 6)" y="\(y)" dy="0.32em">\(ticks.text(value))</text>
      """
  }

  /// At most ten numbers, evenly spaced.
  private var epochTicks: [Int] {
    let step = AxisTicks.niceWhole(atLeast: (epochCount + 9) / 10)
    return epochCount == 0 ? [] : [1] + stride(from: step, through: epochCount, by: step).filter { $0 > 1 }
  }

  private func epochTick(_ epoch: Int) -> String {
    "<text class=\"tick middle\" x=\"\(place(epoch: epoch))\" y=\"\(Self.size.height - Self.margin.bottom + 16)\">"
      + "\(epoch)</text>"
  }

  private func curve(_ series: Series, _ ticks: AxisTicks) -> String {
    let points: [(epoch: Int, value: Double)] = series.values.enumerated().compactMap { epoch, value in
      guard let value, value.isFinite else { return nil }
      return (epoch + 1, value)
    }
    let path = points.map { "\(place(epoch: $0.epoch)),\(place($0.value, ticks))" }.joined(separator: " ")
    let dots =
      points.count > 60
      ? []
      : points.map { point in
        """
        <circle class="\(series.style)" cx="\(place(epoch: point.epoch))" cy="\(place(point.value, ticks))" r="2.2">\
        <title>\(escaped(series.name)), epoch \(point.epoch): \(decimal(point.value, 4))</title></circle>
        """
      }
    return ([#"<polyline class="\#(series.style)" points="\#(path)"/>"#] + dots).joined(separator: "\n")
  }

  private func legend(_ index: Int) -> String {
    let x = Self.margin.left + 8 + 110 * Double(index)
    return """
      <path class="\(series[index].style)" d="M\(x) 16h18"/>\
      <text class="tick" x="\(x + 24)" y="16" dy="0.32em">\(escaped(series[index].name))</text>
      """
  }

  private func place(epoch: Int) -> String {
    let width = Self.size.width - Self.margin.left - Self.margin.right
    return decimal(Self.margin.left + width * (Double(epoch) - 0.5) / Double(max(epochCount, 1)), 1)
  }

  private func place(_ value: Double, _ ticks: AxisTicks) -> String {
    let height = Self.size.height - Self.margin.top - Self.margin.bottom
    let share = (value - ticks.lower) / (ticks.upper - ticks.lower)
    return decimal(Self.margin.top + height * (1 - share), 1)
  }
}

/// The numbers along an axis: multiples of 1, 2 or 5 times a power of ten that enclose the values.
package struct AxisTicks {
  package let lower: Double
  package let upper: Double
  package let step: Double

  /// The axis for the given finite values.
  package init(covering values: [Double]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let span = high > low ? high - low : max(abs(high), 1) * 0.1
    step = Self.nice(atLeast: span / 5)
    lower = (low / step).rounded(.down) * step
    upper = max((high / step).rounded(.up) * step, lower + step)
  }

  /// The numbers, from the lower to the upper end.
  package var values: [Double] { (0...Int(((upper - lower) / step).rounded())).map { lower + Double($0) * step } }

  /// A number with as many decimals as the steps need; in powers of ten where that would be long.
  package func text(_ value: Double) -> String {
    let places = Int(max(0, -log10(step).rounded(.down)))
    return places > 5 || abs(upper) >= 1e6 ? String(format: "%.3g", value) : decimal(value, places)
  }

  /// The smallest of 1, 2, 5, 10, 20… and their parts by ten that is at least `least`.
  static func nice(atLeast least: Double) -> Double {
    let power = pow(10, log10(least).rounded(.down))
    return [1, 2, 5].map { $0 * power }.first { $0 >= least } ?? 10 * power
  }

  /// The same for whole numbers.
  static func niceWhole(atLeast least: Int) -> Int { least <= 1 ? 1 : Int(nice(atLeast: Double(least)).rounded()) }
}
