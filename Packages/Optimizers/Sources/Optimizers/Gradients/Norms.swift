import Autograd
import TensorCore

extension Tensor where Scalar: CarriedScalar {
  /// The root of the sum of squares, calculated in Double.
  ///
  /// Squares of Floats above 1.8e19 do not fit into Float, and clipping is there for gradients that explode.
  var norm: Double {
    let sum = Double(sumOfSquares().scalars[0])
    if sum.isNormal || Scalar.precision == .double { return sum.squareRoot() }
    return converted(to: Double.self).sumOfSquares().scalars[0].squareRoot()
  }
}

extension TensorValue {
  /// The root of the sum of squares.
  var norm: Double {
    switch self {
    case .float(let tensor): tensor.norm
    case .double(let tensor): tensor.norm
    }
  }

  /// Multiplies every element in place.
  mutating func scale(by factor: Double) {
    switch precision {
    case .float: modify(Float.self) { $0 *= Float(factor) }
    case .double: modify(Double.self) { $0 *= factor }
    }
  }

  /// Moves every element a share of the way towards another tensor's, which is converted to this precision.
  mutating func blend(with other: TensorValue, share: Double) {
    switch precision {
    case .float: modify(Float.self) { $0.blend(with: other.floats, share: share) }
    case .double: modify(Double.self) { $0.blend(with: other.doubles, share: share) }
    }
  }
}
