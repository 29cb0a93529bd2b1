import Models
import NNLayers
import TensorCore
import Testing

struct UNetTests {
  /// "In total the network has 23 convolutional layers": two for each of nine blocks, four on the way up, the last.
  @Test func publishedLayers() {
    let network = withoutInitialWeights { UNet(.valid) }
    let names = network.namedParameters.map(\.name).filter { $0.hasSuffix("weight") }
    #expect(names.count == 23)
    #expect(names.first == "encoder.0.conv1.weight" && names.last == "head.weight")
    #expect(network.encoder.map { ($0["conv2"] as? Conv2d)?.outputChannels } == [64, 128, 256, 512])
    #expect((network.bottom["conv2"] as? Conv2d)?.outputChannels == 1024)
  }

  /// The paper's figure 1.
  @Test func publishedMaps() throws {
    let sides = [
      "encoder.0": 568, "encoder.1": 280, "encoder.2": 136, "encoder.3": 64, "bottom": 28, "up.3": 56, "decoder.3": 52,
      "up.2": 104, "decoder.2": 100, "up.1": 200, "decoder.1": 196, "up.0": 392, "decoder.0": 388, "head": 388,
    ]
    let network = UNet(.valid, width: 1)
    let maps = try network.outputs(of: Array(sides.keys), for: .zeros([1, 1, 572, 572]))
    for (name, side) in sides { #expect(maps[name]?.shape.sizes.suffix(2) == [side, side], "\(name)") }
    #expect(try network.outputShape(for: [1, 1, 572, 572]) == [1, 2, 388, 388])
  }

  @Test(arguments: [(1, 1), (2, 3), (5, 7), (16, 16), (33, 20), (17, 64)])
  func imagesOfAnySize(height: Int, width: Int) throws {
    let network = seeded(1) { UNet(inputChannels: 3, classCount: 4, width: 2) }
    let output = try network.predict(.zeros([2, 3, height, width]))
    #expect(output.shape == [2, 4, height, width])
    #expect(try network.outputShape(for: [2, 3, height, width]) == output.shape)
  }

  /// 570 rows come to 283 before the second pooling, 18 to 7.
  @Test func imagesThatTheFormsRefuse() {
    let paper = withoutInitialWeights { UNet(.valid, width: 1) }
    for size in [570, 571, 18, 0] {
      let error = #expect(throws: InputError.self) { try paper.predict(.zeros([1, 1, size, 572])) }
      #expect(error?.description.contains("even before each of 4 poolings") == true)
    }
    #expect(throws: InputError.self) { try UNet(width: 1).predict(.zeros([1, 1, 0, 4])) }
    #expect(throws: InputError.self) { try UNet(width: 1).predict(.zeros([1, 2, 4, 4])) }
    #expect(throws: InputError.self) { try UNet(width: 1).predict(.zeros([1, 4, 4])) }
  }

  /// One level, one channel, filters with a tap at their centre alone, on the image
  ///
  ///     1 5 2
  ///     3 4 6
  ///
  /// - encoder: the image. Pooled, with a window of one column at the edge: 5 6.
  /// - bottom: a = 5 6 and b = 2 · (5 6) - 6 = 4 6.
  /// - up: a · (1 2; 3 4) + b · (0 0; 0 1) = 5 10 6 12; 15 24 18 30, of which the last column is cropped.
  /// - decoder: relu(2 · skip + up - 19) = 0 1 0; 2 13 11, since the sums are 7 20 10; 21 32 30.
  /// - head: 3 d + 1 = 1 4 1; 7 40 34.
  ///
  /// Backwards from 1 2 3; 4 5 6:
  /// - behind the decoder's relu 3 · g where it was above 0: 0 6 0; 12 15 18.
  /// - by the skip twice that: 0 12 0; 24 30 36.
  /// - by the way below: a gets 2 · 6 + 3 · 12 + 4 · 15 = 108 and 3 · 18 = 54, b gets 15 and 0 (its tap is in the cropped
  ///   column); the maxima get 108 + 2 · 15 = 138, at the 5, and 54, at the 6.
  @Test func skipByHand() throws {
    let block = try BlockByHand(
      UNet(classCount: 1, width: 1, levels: 1),
      [
        "encoder.0.conv1.weight": tap(1), "encoder.0.conv2.weight": tap(1),
        "bottom.conv1.weight": tap(1) + tap(2), "bottom.conv2.weight": tap(1) + tap(0) + tap(0) + tap(1),
        "bottom.conv2.bias": [0, -6], "up.0.weight": [1, 2, 3, 4, 0, 0, 0, 1],
        "decoder.0.conv1.weight": tap(2) + tap(1), "decoder.0.conv1.bias": [-19], "decoder.0.conv2.weight": tap(1),
        "head.weight": [3], "head.bias": [1],
      ])
    try block.expect(
      [1, 5, 2, 3, 4, 6], [1, 1, 2, 3], gives: [1, 4, 1, 7, 40, 34], [1, 1, 2, 3], from: [1, 2, 3, 4, 5, 6],
      to: [0, 150, 0, 24, 30, 90])
  }

  /// Without padding 18 rows become 2, rows 8 and 9 of the image: 14 behind the encoder (2 to 15), cropped to 6 at the centre
  /// (6 to 11), less two on each side. The way below is in step: its windows, too, begin at even rows. Each output is the
  /// pixel plus 1000 times the maximum of its window, which is the lower right one of four where the pixels are numbered.
  @Test func croppedSkipByHand() throws {
    let block = try BlockByHand(
      UNet(.valid, classCount: 1, width: 1, levels: 1),
      [
        "encoder.0.conv1.weight": tap(1), "encoder.0.conv2.weight": tap(1), "bottom.conv1.weight": tap(1) + tap(0),
        "bottom.conv2.weight": tap(1) + tap(0) + tap(0) + tap(0), "up.0.weight": [1, 0],
        "decoder.0.conv1.weight": tap(1) + tap(1000), "decoder.0.conv2.weight": tap(1), "head.weight": [1],
      ])
    let image = (0..<324).map(Double.init)
    let pixels: [Double] = [8 * 18 + 8, 8 * 18 + 9, 9 * 18 + 8, 9 * 18 + 9]
    var gradient = [Double](repeating: 0, count: 324)
    for pixel in pixels { gradient[Int(pixel)] += 1 }
    gradient[9 * 18 + 9] += 4000
    try block.expect(
      image, [1, 1, 18, 18], gives: pixels.map { $0 + 1000 * 171 }, [1, 1, 2, 2], from: [1, 1, 1, 1], to: gradient)
  }

  private func tap(_ weight: Double) -> [Double] { [0, 0, 0, 0, weight, 0, 0, 0, 0] }
}
