import TensorCore
import Testing

@Suite struct TrueConvolutionTests {
  @Test("Full convolution by hand")
  func fullConvolutionByHand() {
    let x: Tensor<Double> = [[1, 3, 1], [0, -1, 1], [2, 2, -1]]
    let kernel: Tensor<Double> = [[1, 2], [0, -1]]
    // Row 0: 1·1, 3·1 + 1·2, 1·1 + 3·2, 1·2. Row 1: 0, -1 + 0·2 - 1·1, 1 - 1·2 - 3·1, 1·2 - 1·1. And so on.
    let full: Tensor<Double> = [[1, 5, 7, 2], [0, -2, -4, 1], [2, 6, 4, -3], [0, -2, -2, 1]]
    #expect(x.convolved(with: kernel) == full)
    #expect(kernel.convolved(with: x) == full)
    #expect(x.convolved(with: kernel, extent: .valid) == full.slice([1..<3, 1..<3]))
    #expect(x.convolved(with: kernel, extent: .same) == full.slice([0..<3, 0..<3]))
  }

  @Test("Cross-correlation vs convolution: the kernel flipped in both axes")
  func flippedKernel() {
    var numbers = TestNumbers(seed: 4)
    let x = Tensor<Double>(numbers: numbers.values([5, 6]), shape: [5, 6])
    let kernel = Tensor<Double>(numbers: numbers.values([3, 2]), shape: [3, 2])
    #expect(x.convolved(with: kernel, extent: .valid) == x.crossCorrelated(with: kernel.flipped(along: [0, 1])))
    #expect(x.convolved(with: kernel, extent: .valid) != x.crossCorrelated(with: kernel))
    // Σ_{r,s} x[y - r, x - s] kernel[r, s], written out.
    let expected = (0..<7).flatMap { y in
      (0..<7).map { column -> Double in
        var sum = 0.0
        for r in 0..<3 where 0..<5 ~= y - r {
          for s in 0..<2 where 0..<6 ~= column - s { sum += x[y - r, column - s] * kernel[r, s] }
        }
        return sum
      }
    }
    #expect(x.convolved(with: kernel).error(from: expected) < 1e-15)
  }

  @Test("Valid cross-correlation by hand: the 5×5 binary image")
  func binaryImage() {
    let image: Tensor<Float> = [
      [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0],
    ]
    let kernel: Tensor<Float> = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    #expect(image.crossCorrelated(with: kernel) == [[4, 3, 4], [2, 4, 3], [2, 3, 4]])
    // This kernel is its own mirror image.
    #expect(image.convolved(with: kernel, extent: .valid) == [[4, 3, 4], [2, 4, 3], [2, 3, 4]])
  }

  @Test("Convolution of distributions: the sum of two dice")
  func twoDice() {
    let die = Tensor<Double>(repeating: 1.0 / 6, shape: [6])
    let sum = die.convolved(with: die)
    // Sums 2 … 12: 1, 2, …, 6, …, 2, 1 ways of 36.
    let ways: [Double] = [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    #expect(sum.error(from: ways.map { $0 / 36 }) < 1e-16)
    #expect(abs(sum.sum().scalar - 1) < 1e-15)
    // P(X + Y = z) = Σ_x P_X(x) P_Y(z - x), for a die and a coin of 0 and 1.
    let coin = Tensor<Double>([0.25, 0.75])
    #expect(die.convolved(with: coin).error(from: [0.25, 1, 1, 1, 1, 1, 0.75].map { $0 / 6 }) < 1e-16)
  }

  /// As numpy's convolve and its three modes.
  @Test func extentsOfALine() {
    let x = Tensor<Double>([1, 2, 3]), pair = Tensor<Double>([1, 10]), three = Tensor<Double>([1, 10, 100])
    #expect(x.convolved(with: pair).scalars == [1, 12, 23, 30])
    #expect(x.convolved(with: pair, extent: .same).scalars == [1, 12, 23])
    #expect(x.convolved(with: pair, extent: .valid).scalars == [12, 23])
    #expect(x.convolved(with: three, extent: .same).scalars == [12, 123, 230])
    // As `same` padding in layers: the odd zero behind.
    #expect(x.crossCorrelated(with: pair, extent: .same).scalars == [21, 32, 3])
    #expect(x.crossCorrelated(with: pair, extent: .full).scalars == [10, 21, 32, 3])
    #expect(x.crossCorrelated(with: pair).scalars == [21, 32])
  }

  @Test func wrongShapesStop() async {
    let ranks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2]).convolved(with: [[1, 2]])
    }
    #expect(ranks.says("[convolved] needs two lines or two planes that are not empty, not [2] and [1, 2]"))
    let short = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2]).crossCorrelated(with: [1, 2, 3])
    }
    #expect(short.says("[crossCorrelated] [2] under a kernel of [3]: a window of width 3 does not fit into 2"))
  }
}
