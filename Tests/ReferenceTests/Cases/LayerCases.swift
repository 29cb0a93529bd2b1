import Autograd
import NNLayers
import TensorCore

/// Layers with parameters of their own.
enum LayerCases {
  static let all: [OperationCase] = linear + convolution

  private static let linear: [OperationCase] = [
    ([3], 3, 2), ([1, 1], 1, 1), ([5, 4], 4, 3), ([0, 4], 4, 3), ([7, 17], 17, 16), ([2, 3, 5], 5, 9),
    ([33, 8], 8, 65), ([64, 400], 400, 120),
  ].flatMap { (sizes: [Int], from: Int, to: Int) in
    [true, false].map { hasBias in
      let layer = Linear(from, to, bias: hasBias)
      return OperationCase("Linear(\(from), \(to), bias: \(hasBias))", Input(sizes), layer) { inputs in
        Reference(sizes.dropLast() + [to]) { index in
          let row = Array(index.dropLast()), unit = index[index.count - 1]
          let sum = (0..<from).reduce(0.0) { $0 + inputs[0][row + [$1]] * inputs[1][unit, $1] }
          return sum + (hasBias ? inputs[2][unit] : 0)
        }
      }
    }
  }

  private static let convolution: [OperationCase] = [true, false].flatMap { hasBias in
    [(1, 0, 1), (2, 1, 2), (1, 2, 4)].map { stride, padding, groups in
      let layer = Conv2d(
        4, 8, kernelSize: 3, stride: PlaneSize(stride), padding: .symmetric(PlaneSize(padding)), groups: groups,
        bias: hasBias)
      let row = ConvolutionCases.Row(
        n: 3, c: 4, h: 6, w: 7, k: 8, stride: [stride, stride], padding: Array(repeating: padding, count: 4),
        groups: groups, bias: hasBias)
      let name = "Conv2d(4, 8) stride \(stride), padding \(padding), \(groups) groups, bias: \(hasBias)"
      return OperationCase(name, [3, 4, 6, 7], layer, is: row.reference)
    }
  }
}
