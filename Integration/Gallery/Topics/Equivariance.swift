import Drawing
import Models
import Training

extension Topic {
  static let equivariance = Topic(
    "equivariance", "Shift the image, and the maps shift; turn it, and they do not turn", draw: drawEquivariance)
}

/// Errors of conv(g(x)) against g(conv(x)), and networks on turned digits.
private func drawEquivariance(_ page: Page) throws {
  let data = try Digits().load()
  let usual = try Digits().preprocessing(fittedTo: data.training)
  let preparation = try Preprocessing(
    channels: 1, imageSize: usual.imageSize, resizedSize: ImageSize(height: 20, width: 20), padding: 4, mean: [0],
    deviation: [1])
  let training = PreparedImages(data.training, preparation)
  let count = 300
  let test = (0..<count).map {
    RasterImage(PreparedImages(data.test, preparation).images(at: [$0]).element(at: 0), stretching: 0...1)
  }
  func moved(_ degrees: Double, _ shift: Double = 0, _ images: [RasterImage]) -> [RasterImage] {
    images.map { $0.warped(by: PlaneMap(size: $0.size, degrees: degrees, shift: (shift, 0))) }
  }
  func tensor(_ images: [RasterImage]) -> Tensor<Float> {
    Tensor(images.flatMap(\.intensities), shape: [images.count, 1, 28, 28])
  }

  page.say(
    "A convolution does the same everywhere: shifted images give shifted maps, exactly for whole pixels, away from the border; after pooling "
      + "by 2 only for even shifts. Turned images do not give turned maps, for the filter itself would have to be turned."
  )
  let layer = seeded(1) { Conv2d(1, 1, kernelSize: 5, padding: 2, bias: false) }
  let pooled = Sequential(layer, MaxPool2d(2))
  let shifts = (0...6).map(Double.init), angles = stride(from: 0.0, through: 360, by: 15).map { $0 }
  let few = Array(test.prefix(20))
  func maps(_ network: any Layer, _ images: [RasterImage]) throws -> [RasterImage] {
    let maps = try network.predict(tensor(images))
    return (0..<images.count).map { RasterImage(maps.element(at: $0), stretching: -4...4) }
  }
  /// How far the map of the moved images is from the moved map, relative to the map, over the inner part.
  func error(_ network: any Layer, _ degrees: Double, _ shift: Double, step: Double = 1) throws -> Double {
    let found = try maps(network, moved(degrees, shift, few)),
      wanted = moved(degrees, shift / step, try maps(network, few))
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

  page.say(
    "A network for the group p4 turns its filters by 90° as well. Both networks below have learnt upright digits only; the one of group "
      + "convolutions gives the same logits after quarter turns; to the ordinary one turned digits are strange. At angles between, both fail."
  )
  let networks: [(name: String, network: any Layer)] = [
    ("p4", seeded(1) { P4CNN(dropout: 0.1) }), ("ordinary", seeded(1) { Z2CNN(channels: 22, dropout: 0.1) }),
  ]
  var curves: [Mark] = [], worst: [Double] = []
  for (name, network) in networks {
    try Trainer(
      network, Adam(network.parameters, learningRate: 0.005), schedule: CosineSchedule(0.005, steps: 3 * 45),
      training: training, epochs: 3, batchSize: 32, seed: 1
    ).run()
    let labels = data.test.labels.scalars.prefix(count)
    let errors = try angles.map { angle in
      let answers = try network.predict(tensor(moved(angle, 0, test))).argmax(along: 1).scalars
      return 100 * Double(zip(answers, labels).count { $0 != $1 }) / Double(count)
    }
    curves.append(.line(name, x: angles, y: errors))
    let (upright, turned) = (try network.predict(tensor(few)), try network.predict(tensor(moved(90, 0, few))))
    worst.append(Double((turned - upright).abs().max().scalar / upright.abs().max().scalar))
  }
  try page.show(
    Chart(
      "Errors on turned digits, learnt upright", x: Axis("angle, degrees", 0...360), y: Axis("errors, %", 0...100),
      curves),
    "networks", "Errors by angle of the network of group convolutions and of an ordinary one")
  page.expect(
    "p4: largest change of a logit by a quarter turn, of the largest", worst[0], near: 0, within: 1e-4, places: 5)
  page.expect("ordinary: the same", worst[1] > 0.1, decimal(worst[1], 2))
}
