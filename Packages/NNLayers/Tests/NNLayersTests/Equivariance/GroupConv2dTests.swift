import Autograd
import NNLayers
import TensorCore
import Testing

struct GroupConv2dTests {
  /// Checks output and gradients for a gradient of the output; in Double.
  private func expect(
    _ layer: any Layer, _ weight: Parameter, _ bias: Parameter?, _ x: Tensor<Double>, gives y: [Double],
    from g: [Double], input dx: [Double], weight dw: [Double], bias db: [Double]?
  ) throws {
    let tape = Tape()
    let input = tape.watch(x)
    let output = layer(input, Context(mode: .training, precision: .double, tape: tape))
    expectClose(output, y)
    let gradients = (output * Variable(Tensor<Double>(g, shape: output.shape))).sum().gradients()
    expectClose(Variable(try #require(gradients[input])), dx)
    expectClose(Variable(try #require(gradients[weight])), dw)
    if let db, let bias { expectClose(Variable(try #require(gradients[bias])), db) }
  }

  /// On a 2×2 image x = 1 0, 2 -1 there is one position. The filter and its turns, counter-clockwise:
  ///
  ///     1 2   2 4   4 3   3 1       on x 3, 1, 7, 9; the bias 10 is added to each
  ///     3 4   1 3   2 1   4 2
  ///
  /// Backwards from (1, 0, 0, 2): dx is the first filter + 2 × the last = 7 4, 11 8. Of the weight, x from the first, and from
  /// the last 2x turned back by three quarters, which is one more turn: 2 × (0 -1, 1 2); together 1 -2, 4 3. db = 3.
  @Test func liftingByHand() throws {
    let layer = LiftingConv2d(.p4, 1, 1, kernelSize: 2)
    layer.weight.value = .double([[[[1, 2], [3, 4]]]])
    layer.bias?.value = .double([10])
    try expect(
      layer, layer.weight, layer.bias, [[[[1, 0], [2, -1]]]], gives: [13, 11, 17, 19], from: [1, 0, 0, 2],
      input: [7, 4, 11, 8], weight: [1, -2, 4, 3], bias: [3])
  }

  /// The same with the four mirrored copies behind: 2 1, 4 3 and its turns 1 3, 2 4 and 3 4, 1 2 and 4 2, 3 1 give 7, 1, 3
  /// and 9.
  ///
  /// Backwards from a 1 at the fifth, seventh and eighth copy: dx is their sum 9 7, 8 6. Of the weight: x mirrored, 0 1,
  /// -1 2; the seventh copy is the weight turned upside down, so is x: 2 -1, 1 0; the eighth has its columns for rows and
  /// both reversed, so has x: -1 0, 2 1.
  @Test func liftingWithMirrorsByHand() throws {
    let layer = LiftingConv2d(.p4m, 1, 1, kernelSize: 2, bias: false)
    layer.weight.value = .double([[[[1, 2], [3, 4]]]])
    try expect(
      layer, layer.weight, nil, [[[[1, 0], [2, -1]]]], gives: [3, 1, 7, 9, 7, 1, 3, 9],
      from: [0, 0, 0, 0, 1, 0, 1, 1], input: [9, 7, 8, 6], weight: [1, 0, 2, 3], bias: nil)
  }

  /// Two of the filter's four planes are not 0, w₀ = 1 2, 3 4 and w₁ = 0 1, 0 0. Orientation e of the output sees orientation
  /// e of the input through w₀ and e + 1 through w₁, both turned e times:
  ///
  ///     x₀ = 1 0   x₁ = 0 1   x₂ = 0 0   x₃ = 0 0
  ///          0 0        0 0        1 0        0 2
  ///
  ///     e = 0   w₀ 1 2, 3 4 on x₀: 1   w₁ 0 1, 0 0 on x₁: 1    2
  ///     e = 1      2 4, 1 3    x₁: 4      1 0, 0 0    x₂: 0    4
  ///     e = 2      4 3, 2 1    x₂: 2      0 0, 1 0    x₃: 0    2
  ///     e = 3      3 1, 4 2    x₃: 4      0 0, 0 1    x₀: 0    4
  ///
  /// Backwards from (1, 1, 0, 0): to x₀ w₀, to x₁ w₁ + w₀ turned = 2 5, 1 3, to x₂ w₁ turned, to x₃ nothing. The weight's
  /// plane s gets x_s from e = 0 and x_(s + 1) turned back from e = 1: 1 0, 0 1; 1 1, 0 0; 0 0, 3 0; 0 1, 0 2.
  @Test func groupConvolutionByHand() throws {
    let layer = GroupConv2d(.p4, 1, 1, kernelSize: 2, bias: false)
    let planes: [Double] = [1, 2, 3, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    layer.weight.value = .double(Tensor(planes, shape: [1, 1, 4, 2, 2]))
    let x: [Double] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2]
    try expect(
      layer, layer.weight, nil, Tensor(x, shape: [1, 4, 2, 2]), gives: [2, 4, 2, 4], from: [1, 1, 0, 0],
      input: [1, 2, 3, 4, 2, 5, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0],
      weight: [1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 3, 0, 0, 1, 0, 2], bias: nil)
  }

  /// One feature of 4 (8) orientations and no extent: a product with a table, each row the first one moved on.
  @Test func onePixelIsAProductOverTheGroup() throws {
    let turns = GroupConv2d(.p4, 1, 1, kernelSize: 1, bias: false)
    turns.weight.value = .float(Tensor([1, 2, 3, 4], shape: [1, 1, 4, 1, 1]))
    func row(_ place: Int, of count: Int, _ layer: GroupConv2d) throws -> [Float] {
      let x = (0..<count).map { Float($0 == place ? 1 : 0) }
      return try layer.predict(Tensor(x, shape: [1, count, 1, 1])).scalars
    }
    #expect(try row(0, of: 4, turns) == [1, 4, 3, 2])
    #expect(try row(1, of: 4, turns) == [2, 1, 4, 3])
    let mirrors = GroupConv2d(.p4m, 1, 1, kernelSize: 1, bias: false)
    mirrors.weight.value = .float(Tensor((1...8).map(Float.init), shape: [1, 1, 8, 1, 1]))
    // With r the turn and m the mirror, element 4 is m: m⁻¹ r = r³ m, element 7, and (r m)⁻¹ r = m r⁻¹ r = m, element 4.
    #expect(try row(1, of: 8, mirrors) == [2, 1, 4, 3, 8, 5, 6, 7])
    #expect(try row(4, of: 8, mirrors) == [5, 8, 7, 6, 1, 2, 3, 4])
  }

  @Test func namesAndShapes() throws {
    let lifting = LiftingConv2d(.p4, 3, 5, kernelSize: 3, padding: 1)
    #expect(lifting.namedState.map(\.name) == ["weight", "bias"])
    #expect(lifting.parameters.map(\.shape) == [[5, 3, 3, 3], [5]])
    #expect(try lifting.predict(.zeros([2, 3, 7, 7])).shape == [2, 20, 7, 7])
    let layer = GroupConv2d(.p4m, 5, 6, kernelSize: 3, stride: 2)
    #expect(layer.parameters.map(\.shape) == [[6, 5, 8, 3, 3], [6]])
    #expect(try layer.predict(.zeros([2, 40, 7, 7])).shape == [2, 48, 3, 3])
    #expect(layer.fan == Fan(in: 40 * 9, out: 48 * 9))
    #expect(lifting.fan == Fan(in: 27, out: 20 * 9))
    #expect(try layer.summary(for: [1, 40, 7, 7]).multiplyAdds == 48 * 9 * 40 * 9)
  }

  @Test func gradientsAgree() {
    var random = RandomStream(seed: 2)
    let image = Tensor<Double>.normal([2, 2, 4, 4], using: &random)
    #expect(gradientError(seeded(2) { LiftingConv2d(.p4m, 2, 2, kernelSize: 3, padding: 1) }, at: image) < 1e-6)
    let maps = Tensor<Double>.normal([2, 8, 3, 3], using: &random)
    #expect(gradientError(seeded(3) { GroupConv2d(.p4m, 1, 2, kernelSize: 2) }, at: maps) < 1e-6)
  }

  @Test func wrongInputsStopOrThrow() async {
    let error = #expect(throws: InputError.self) {
      try GroupConv2d(.p4, 2, 3, kernelSize: 3).predict(.zeros([1, 2, 5, 5]))
    }
    #expect(error?.description.contains("[N, 8, H, W] that holds a kernel of 3×3") == true)
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LiftingConv2d(.p4, 2, 3, kernelSize: 3)(Tensor<Float>.zeros([1, 1, 5, 5]), .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[LiftingConv2d] weight [3, 2, 3, 3] needs 2 input channels, the input is [1, 1, 5, 5]"))
    await #expect(processExitsWith: .failure) { _ = GroupConv2d(.p4, 0, 3, kernelSize: 3) }
    await #expect(processExitsWith: .failure) {
      _ = GroupBatchNorm2d(.p4, 2)(Tensor<Float>.zeros([1, 4, 5, 5]), .inference)
    }
    await #expect(processExitsWith: .failure) { _ = GroupMaxPool(.p4)(Tensor<Float>.zeros([1, 6, 5, 5]), .inference) }
  }
}
