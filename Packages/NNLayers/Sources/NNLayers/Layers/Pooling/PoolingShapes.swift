import Autograd
import TensorCore

/// What the pooling layers' `outputShape(for:)` have in common.
extension PoolingGeometry {
  func output(_ layer: String, for input: Shape) throws(InputError) -> Shape {
    guard let shape = try? outputShape(input: input) else {
      throw InputError(layer, expected: "[N, C, H, W] that holds a window of \(kernel)", got: input)
    }
    return shape
  }

  /// The same for `[N, C, L]`, an image of one row.
  func lineOutput(_ layer: String, for input: Shape) throws(InputError) -> Shape {
    guard input.rank == 3, let shape = try? outputShape(input: [input[0], input[1], 1, input[2]]) else {
      throw InputError(layer, expected: "[N, C, L] that holds a window of \(kernel.width)", got: input)
    }
    return [shape[0], shape[1], shape[3]]
  }

  /// The geometry of windows along a line, an image of one row.
  static func line(_ kernel: Int, stride: Int?, padding: Int, roundsUp: Bool) -> PoolingGeometry {
    PoolingGeometry(
      kernel: PlaneSize(height: 1, width: kernel), stride: PlaneSize(height: 1, width: stride ?? kernel),
      padding: .symmetric(PlaneSize(height: 0, width: padding)), roundsUp: roundsUp)
  }
}

extension Variable {
  /// What `body` makes of `[N, C, L]` seen as an image `[N, C, 1, L]`, seen as a line again.
  func asImage(_ layer: String, _ body: (Variable) -> Variable) -> Variable {
    guard rank == 3 else { stop(layer, "needs an input of [N, C, L], this one is \(shape)") }
    let result = body(reshaped([shape[0], shape[1], 1, shape[2]]))
    return result.reshaped([result.shape[0], result.shape[1], result.shape[3]])
  }
}
