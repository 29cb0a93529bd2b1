import Drawing
import Training

extension Topic {
  static let windowSizes = Topic(
    "window-sizes", "Stride, padding, dilation, and the size that comes out", draw: drawWindowSizes)
}

/// Where windows lie for strides, padding and dilation, and the sizes that come out.
private func drawWindowSizes(_ page: Page) throws {
  page.say(
    "Of N pixels, a filter of F, padding P on each side and stride S there remain (N - F + 2P)/S + 1. For N = 7 and F = 3 stride 1 gives 5, "
      + "stride 2 gives 3, stride 3 does not fit: a pixel is left over. Padding of (F - 1)/2 keeps the size. Dilation spreads the "
      + "filter: here it covers five pixels with three weights.")
  let cases: [(name: String, stride: Int, padding: Int, dilation: Int, size: Int)] = [
    ("stride 1", 1, 0, 1, 5), ("stride 2", 2, 0, 1, 3), ("stride 3", 3, 0, 1, 2), ("padding 1", 1, 1, 1, 7),
    ("dilation 2", 1, 0, 2, 3),
  ]
  var grids: [any Picture] = []
  for one in cases {
    let side = 7 + 2 * one.padding
    let second = one.stride
    grids.append(
      NumberGrid("\(one.name): \(one.size)", Array(repeating: Array(repeating: "", count: side), count: side), cell: 14)
      { row, column in
        let isPadding = min(row, column) < one.padding || max(row, column) >= side - one.padding
        let taps = [0, 1, 2].map { $0 * one.dilation }
        if taps.contains(row), taps.contains(column) { return .orange }
        if taps.contains(row), taps.contains(column - second) { return .blue }
        return isPadding ? .gray : nil
      })
    let layer = Conv2d(
      1, 1, kernelSize: 3, stride: PlaneSize(one.stride), padding: .symmetric(PlaneSize(one.padding)),
      dilation: PlaneSize(one.dilation))
    let found = try layer.outputShape(for: [1, 1, 7, 7])?[2] ?? 0
    page.expect("7×7, filter of 3, \(one.name)", Double(found), near: Double(one.size), within: 0, places: 0)
  }
  try page.show(
    Line(gap: 4, grids), "windows", "The first two windows on an image of 7×7 for strides, padding and dilation")
  let example = Conv2d(3, 10, kernelSize: 5, padding: 2)
  page.expect("ten 5×5 filters on 3 channels: weights", Double(example.parameterCount), near: 760, within: 0, places: 0)
}
