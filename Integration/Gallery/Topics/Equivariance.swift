import Drawing
import Training

extension Topic {
  static let equivariance = Topic(
    "equivariance", "Shift the image, and the maps shift; turn it, and they do not turn", draw: drawEquivariance)
}

/// Errors of conv(g(x)) against g(conv(x)), for shifts and turns of digits.
private func drawEquivariance(_ page: Page) throws {
  let few = turnable(try PreparedDigits.intensities(side: 20, padding: 4).test, count: 20)
  page.say(
    "A convolution does the same everywhere: shifted images give shifted maps, exactly for whole pixels, away from the border; after pooling "
      + "by 2 only for even shifts. Turned images do not give turned maps, for the filter itself would have to be turned."
  )
  let layer = seeded(1) { Conv2d(1, 1, kernelSize: 5, padding: 2, bias: false) }
  let pooled = Sequential(layer, MaxPool2d(2))
  let shifts = (0...6).map(Double.init), angles = stride(from: 0.0, through: 360, by: 15).map { $0 }
  func maps(_ network: any Layer, _ images: [RasterImage]) throws -> [RasterImage] {
    let maps = try network.predict(tensor(images))
    return (0..<images.count).map { RasterImage(maps.element(at: $0), stretching: -4...4) }
  }
  /// How far the map of the moved images is from the moved map, relative to the map, over the inner part.
  func error(_ network: any Layer, _ degrees: Double, _ shift: Double, step: Double = 1) throws -> Double {
    let found = try maps(network, moved(few, degrees, shift)),
      wanted = moved(try maps(network, few), degrees, shift / step)
    var sum = 0.0, scale = 0.0
    for (found, wanted) in zip(found, wanted) {
      let side = found.size.width, rim = side / 4
      for place in 0..<side * side where (rim..<side - rim) ~= place / side && (rim..<side - rim) ~= place % side {
        let difference = Double(found.intensities[place] - wanted.intensities[place])
        sum += difference * difference
        scale += Double(wanted.intensities[place] - 0.5) * Double(wanted.intensities[place] - 0.5)
      }
    }
    return (sum / scale).squareRoot()
  }
  let ofShifts = try shifts.map { try error(layer, 0, $0) }
  let ofPooling = try shifts.map { try error(pooled, 0, $0, step: 2) }
  let ofTurns = try angles.map { try error(layer, $0, 0) }
  try page.show(
    Panels(
      columns: 2,
      [
        Chart(
          "Shifts", x: Axis("shift, pixels"), y: Axis("relative error of the map", 0...1), width: 300, height: 260,
          [.line("convolution", x: shifts, y: ofShifts), .line("with pooling", x: shifts, y: ofPooling)]),
        Chart(
          "Turns", x: Axis("angle, degrees", 0...360), y: Axis("relative error of the map", 0...2), width: 300,
          height: 260,
          [.line("convolution", x: angles, y: ofTurns)]),
      ]), "errors", "Errors of the maps by shift and by angle")
  page.expect("largest error of shifts by whole pixels", ofShifts.max() ?? 1, near: 0, within: 1e-4, places: 5)
  page.expect("after pooling, shifts by 2 and 4", max(ofPooling[2], ofPooling[4]), near: 0, within: 1e-4, places: 5)
  page.expect("after pooling, shift by 1", ofPooling[1] > 0.02, decimal(ofPooling[1], 2))
  page.expect("turn by 90°", ofTurns[6] > 0.1, decimal(ofTurns[6], 2))
}
