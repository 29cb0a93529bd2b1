import Autograd
import TensorCore

/// Padding with a tensor's own elements, and sums of products of lines and planes.
enum PaddingCases {
  static let all: [OperationCase] = padding + products

  private static let shapes: [(sizes: [Int], padding: [[Int]])] = [
    ([5], [[0, 0]]), ([5], [[2, 3]]), ([4], [[0, 3]]), ([2], [[1, 0]]), ([3, 4], [[0, 0], [3, 1]]),
    ([3, 4], [[2, 2], [1, 3]]), ([2, 3, 5], [[0, 0], [1, 2], [4, 4]]), ([0, 3], [[0, 0], [1, 2]]),
    ([2, 2, 9, 17], [[0, 0], [0, 0], [3, 5], [8, 1]]), ([4, 8, 40, 41], [[0, 0], [0, 0], [2, 2], [2, 2]]),
  ]

  private static let padding: [OperationCase] = shapes.flatMap { sizes, padding in
    PaddingMode.allCases.map { mode in
      let pairs = padding.map { (before: $0[0], after: $0[1]) }
      return OperationCase("padded \(padding) \(mode)", [Input(sizes)]) {
        $0[0].padded(pairs, mode: mode)
      } is: { inputs in
        Reference(zip(sizes, padding).map { $0 + $1[0] + $1[1] }) { index in
          let sources = sizes.indices.compactMap { axis -> Int? in
            ConvolutionReference.source(index[axis] - padding[axis][0], sizes[axis], mode)
          }
          return sources.count == sizes.count ? inputs[0][sources] : 0
        }
      }
    }
  }

  private static let pairs: [(input: [Int], kernel: [Int])] = [
    ([1], [1]), ([7], [3]), ([6], [4]), ([12], [2]), ([3, 3], [2, 2]), ([5, 6], [3, 2]), ([4, 5], [4, 5]),
    ([9, 5], [1, 5]), ([1, 8], [1, 3]),
  ]

  private static let products: [OperationCase] = pairs.flatMap { input, kernel in
    ConvolutionExtent.allCases.flatMap { extent in
      [true, false].map { isFlipped in
        let name = "\(isFlipped ? "convolved" : "crossCorrelated") with \(kernel), \(extent)"
        return OperationCase(name, [Input(input), Input(kernel)]) {
          isFlipped ? $0[0].convolved(with: $0[1], extent: extent) : $0[0].crossCorrelated(with: $0[1], extent: extent)
        } is: {
          product($0[0], $0[1], extent, isFlipped: isFlipped)
        }
      }
    }
  }

  /// Σ_r x[place + r] · kernel[r], the kernel flipped first for a convolution.
  private static func product(
    _ x: Reference, _ kernel: Reference, _ extent: ConvolutionExtent, isFlipped: Bool
  ) -> Reference {
    let most = kernel.sizes.map { $0 - 1 }
    // `same` has the odd zero after the input; flipping the kernel puts it before.
    let before: [Int], sizes: [Int]
    switch extent {
    case .full: (before, sizes) = (most, zip(x.sizes, most).map { $0 + $1 })
    case .same: (before, sizes) = (most.map { isFlipped ? $0 - $0 / 2 : $0 / 2 }, x.sizes)
    case .valid: (before, sizes) = (most.map { _ in 0 }, zip(x.sizes, most).map { $0 - $1 })
    }
    return Reference(sizes) { index in
      indices(of: kernel.sizes).reduce(0) { sum, tap in
        let place = index.indices.map { axis -> Int in index[axis] + tap[axis] - before[axis] }
        guard zip(place, x.sizes).allSatisfy({ 0..<$1 ~= $0 }) else { return sum }
        return sum + x[place] * kernel[isFlipped ? zip(most, tap).map { $0 - $1 } : tap]
      }
    }
  }
}
