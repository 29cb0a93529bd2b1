import Autograd
import NNLayers
import TensorCore
import Testing

struct Pad2dTests {
  private let image: Tensor<Float> = [[[[1, 2, 3], [4, 5, 6]]]]

  @Test func modesByHand() throws {
    let right = PlanePadding.sides(top: 0, bottom: 0, left: 1, right: 2)
    func rows(_ mode: PaddingMode) throws -> [Float] { try Pad2d(right, mode: mode).predict(image).scalars }
    #expect(try rows(.zeros) == [0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0])
    #expect(try rows(.reflect) == [2, 1, 2, 3, 2, 1, 5, 4, 5, 6, 5, 4])
    #expect(try rows(.replicate) == [1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 6, 6])
    #expect(try rows(.circular) == [3, 1, 2, 3, 1, 2, 6, 4, 5, 6, 4, 5])
    let below = try Pad2d(.sides(top: 1, bottom: 0, left: 0, right: 0), mode: .reflect).predict(image)
    #expect(below == [[[[4, 5, 6], [1, 2, 3], [4, 5, 6]]]])
  }

  @Test func gradients() {
    for mode in PaddingMode.allCases {
      let layer = Pad2d(.sides(top: 1, bottom: 0, left: 1, right: 2), mode: mode)
      let x: Tensor<Double> = [[[[1, -2, 3], [0.5, 5, -6]]]]
      let report = checkGradients("Pad2d \(mode)", at: [x]) {
        layer($0[0], Context(mode: .inference, precision: .double)).squared()
      }
      #expect(report.relativeError < 1e-6, "\(report)")
    }
  }

  @Test func shapes() async throws {
    #expect(try Pad2d(2).outputShape(for: [3, 1, 4, 5]) == [3, 1, 8, 9])
    #expect(Pad2d(1).namedState.isEmpty)
    #expect(throws: InputError.self) { try Pad2d(2, mode: .reflect).predict([[[[1, 2], [3, 4]]]]) }
    #expect(throws: InputError.self) { try Pad2d(1).predict([[1, 2]]) }
    await #expect(processExitsWith: .failure) { _ = Pad2d(.same) }
    await #expect(processExitsWith: .failure) { _ = Pad2d(-1) }
    await #expect(processExitsWith: .failure) { _ = Pad2d(1)(Tensor<Float>([1, 2]), .inference) }
  }
}
