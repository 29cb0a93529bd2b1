import TensorCore
import Testing

@Suite struct PaddingModeTests {
  /// Where the element at `index`, before or after an axis of `length`, comes from; nil for zero.
  private static func source(_ index: Int, _ length: Int, _ mode: PaddingMode) -> Int? {
    if 0..<length ~= index { return index }
    switch mode {
    case .zeros: return nil
    case .reflect: return index < 0 ? -index : 2 * (length - 1) - index
    case .replicate: return index < 0 ? 0 : length - 1
    case .circular: return (index + length) % length
    }
  }

  static let paddings: [[(before: Int, after: Int)]] = [
    [(0, 0), (0, 0), (0, 0)], [(0, 0), (1, 2), (3, 3)], [(1, 0), (0, 2), (4, 1)], [(0, 1), (2, 0), (0, 0)],
  ]

  @Test(arguments: PaddingMode.allCases, paddings.indices)
  func agreesWithTheDefinition(_ mode: PaddingMode, index: Int) {
    let padding = Self.paddings[index], sizes = [2, 3, 5]
    let values = (0..<30).map { Double($0) + 1 }
    let x = Tensor<Double>(values, shape: Shape(sizes))
    let output = Shape(zip(sizes, padding).map { $0 + $1.before + $1.after })
    var expected: [Double] = [], routed = [Double](repeating: 0, count: 30)
    let gradient = Tensor<Double>((0..<output.count).map { Double($0 * $0 % 17) }, shape: output)
    for (number, place) in indices(of: output).enumerated() {
      let sources = zip(place, zip(sizes, padding)).map { Self.source($0 - $1.1.before, $1.0, mode) }
      guard let i = sources[0], let j = sources[1], let k = sources[2] else {
        expected.append(0)
        continue
      }
      expected.append(values[(i * 3 + j) * 5 + k])
      routed[(i * 3 + j) * 5 + k] += gradient.scalars[number]
    }
    #expect(x.padded(padding, mode: mode).scalars == expected)
    #expect(gradient.paddedGradient(padding, mode: mode).scalars == routed)
  }

  @Test func byHand() {
    let x = Tensor<Float>([1, 2, 3, 4])
    #expect(x.padded([(2, 2)], mode: .zeros).scalars == [0, 0, 1, 2, 3, 4, 0, 0])
    #expect(x.padded([(2, 2)], mode: .reflect).scalars == [3, 2, 1, 2, 3, 4, 3, 2])
    #expect(x.padded([(2, 2)], mode: .replicate).scalars == [1, 1, 1, 2, 3, 4, 4, 4])
    #expect(x.padded([(2, 2)], mode: .circular).scalars == [3, 4, 1, 2, 3, 4, 1, 2])
  }

  @Test func tooMuchStops() async {
    let reflect = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3]).padded([(3, 0)], mode: .reflect)
    }
    #expect(reflect.says("[padded] reflect can put at most 2 elements beside axis 0 of [3], not 3"))
    let circular = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3]).padded([(0, 4)], mode: .circular)
    }
    #expect(circular.says("[padded] circular can put at most 3 elements beside axis 0 of [3], not 4"))
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3]).padded([(-1, 0)], mode: .replicate)
    }
    #expect(negative.says("[padded] [3] needs 1 pairs of sizes of at least 0, not [[-1, 0]]"))
  }
}
