// Plain forms of operations whose kernels are on their way. Whoever lands the real one deletes its plain form here, and
// the last one deletes this file.
import Foundation

extension Tensor {
  public func converted<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    func number(_ value: Scalar) -> Double {
      switch value {
      case let value as Float: Double(value)
      case let value as Double: value
      case let value as Int32: Double(value)
      case let value as Int64: Double(value)
      case let value as UInt8: Double(value)
      case let value as Bool: value ? 1 : 0
      default: 0
      }
    }
    func cast(_ value: Double) -> Other? {
      switch Other.elementType {
      case .float: Float(value) as? Other
      case .double: value as? Other
      case .int32: Int32(value) as? Other
      case .int64: Int64(value) as? Other
      case .uint8: UInt8(value) as? Other
      case .bool: (value != 0) as? Other
      }
    }
    return Tensor<Other>(scalars.map { cast(number($0)) ?? .zero }, shape: shape)
  }
}

extension Tensor where Scalar: NumericScalar {
  private func compare(_ other: Tensor, _ body: (Scalar, Scalar) -> Bool) -> Tensor<Bool> {
    guard let common = shape.broadcast(with: other.shape) else { stop("compare", "\(shape) and \(other.shape)") }
    let (a, b) = (broadcast(to: common).scalars, other.broadcast(to: common).scalars)
    return Tensor<Bool>(zip(a, b).map { body($0, $1) }, shape: common)
  }
  public static func .== (a: Tensor, b: Tensor) -> Tensor<Bool> { a.compare(b, ==) }
  public static func .< (a: Tensor, b: Tensor) -> Tensor<Bool> { a.compare(b, <) }
  public static func .> (a: Tensor, b: Tensor) -> Tensor<Bool> { a.compare(b, >) }
  public static func .>= (a: Tensor, b: Tensor) -> Tensor<Bool> { a.compare(b, >=) }
  public static func .== (a: Tensor, b: Scalar) -> Tensor<Bool> { a .== Tensor(b) }
  public static func .< (a: Tensor, b: Scalar) -> Tensor<Bool> { a .< Tensor(b) }
  public static func .> (a: Tensor, b: Scalar) -> Tensor<Bool> { a .> Tensor(b) }
  public static func .>= (a: Tensor, b: Scalar) -> Tensor<Bool> { a .>= Tensor(b) }
}

extension Tensor where Scalar == Bool {
  public func select<Other: TensorScalar>(_ a: Tensor<Other>, _ b: Tensor<Other>) -> Tensor<Other> {
    guard let pair = a.shape.broadcast(with: b.shape), let common = pair.broadcast(with: shape) else {
      stop("select", "\(shape), \(a.shape), \(b.shape)")
    }
    let (mask, x, y) = (broadcast(to: common).scalars, a.broadcast(to: common).scalars, b.broadcast(to: common).scalars)
    return Tensor<Other>(mask.indices.map { mask[$0] ? x[$0] : y[$0] }, shape: common)
  }
}

extension Tensor where Scalar: FloatingScalar {
  public func softmax(along axis: Int) -> Tensor {
    let e = (self - max(along: [axis], keepingAxes: true)).exp()
    return e / e.sum(along: [axis], keepingAxes: true)
  }
  public func logSoftmax(along axis: Int) -> Tensor { self - logSumExp(along: axis, keepingAxes: true) }
  public func logSumExp(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    let top = max(along: [axis], keepingAxes: true)
    let sum = ((self - top).exp().sum(along: [axis], keepingAxes: true)).log() + top
    return keepingAxes ? sum : sum.sum(along: [axis])
  }
  public func softmaxGradient(output: Tensor, along axis: Int) -> Tensor {
    output * (self - (self * output).sum(along: [axis], keepingAxes: true))
  }
  public func logSoftmaxGradient(output: Tensor, along axis: Int) -> Tensor {
    self - output.exp() * sum(along: [axis], keepingAxes: true)
  }
  public func cumulativeSum(along axis: Int) -> Tensor {
    let parts = split(count: shape[axis], along: axis)
    var sum = parts[0]
    return Tensor.concatenated(parts.enumerated().map { if $0.offset > 0 { sum = sum + $0.element }; return sum }, along: axis)
  }
  public mutating func sgdUpdate(gradient: Tensor, learningRate: Double, weightDecay: Double) {
    self -= (gradient + self * Scalar(weightDecay)) * Scalar(learningRate)
  }
  public mutating func sgdUpdate(
    gradient: Tensor, velocity: inout Tensor, learningRate: Double, momentum: Double, nesterov: Bool, weightDecay: Double
  ) {
    let g = weightDecay == 0 ? gradient : gradient + self * Scalar(weightDecay)
    velocity *= Scalar(momentum)
    velocity += g
    self -= (nesterov ? g + velocity * Scalar(momentum) : velocity) * Scalar(learningRate)
  }
  public mutating func adamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, step: Int, learningRate: Double, beta1: Double,
    beta2: Double, epsilon: Double, weightDecay: Double
  ) {
    let g = weightDecay == 0 ? gradient : gradient + self * Scalar(weightDecay)
    mean = mean * Scalar(beta1) + g * Scalar(1 - beta1)
    square = square * Scalar(beta2) + g * g * Scalar(1 - beta2)
    let (c1, c2) = (1 - pow(beta1, Double(step)), 1 - pow(beta2, Double(step)))
    self -= mean * Scalar(learningRate / c1) / ((square * Scalar(1 / c2)).sqrt() + Scalar(epsilon))
  }
}

extension Tensor where Scalar: NumericScalar {
  /// The positions in row-major order that `indices` along `axis` name.
  private func places(_ indices: Tensor<Int64>, _ axis: Int) -> [Int] {
    let axis = axis < 0 ? axis + rank : axis
    let (strides, own) = (indices.shape.strides, shape.strides)
    return indices.scalars.enumerated().map { offset, index in
      (0..<rank).reduce(0) { $0 + own[$1] * ($1 == axis ? Int(index) : offset / strides[$1] % indices.shape[$1]) }
    }
  }
  public func gather(_ indices: Tensor<Int64>, along axis: Int) -> Tensor {
    let from = scalars
    return Tensor(places(indices, axis).map { from[$0] }, shape: indices.shape)
  }
  public mutating func scatterAdd(_ values: Tensor, at indices: Tensor<Int64>, along axis: Int) {
    let places = places(indices, axis)
    withUnsafeMutableBufferPointer { to in
      for (place, value) in zip(places, values.scalars) { to[place] += value }
    }
  }
  public func take(_ indices: Tensor<Int64>, along axis: Int = 0) -> Tensor {
    .concatenated(indices.scalars.map { slice(axis: axis, range: Int($0)..<(Int($0) + 1)) }, along: axis)
  }
  public func takeGradient(_ indices: Tensor<Int64>, along axis: Int = 0, inputShape: Shape) -> Tensor {
    var result = Tensor.zeros(inputShape)
    for (position, index) in indices.scalars.enumerated() {
      let range = Int(index)..<(Int(index) + 1)
      let sum = result.slice(axis: axis, range: range) + slice(axis: axis, range: position..<(position + 1))
      result.assign(sum, axis: axis, range: range)
    }
    return result
  }
  public func sorted(along axis: Int, descending: Bool = false) -> (values: Tensor, indices: Tensor<Int64>) {
    let length = shape[axis < 0 ? axis + rank : axis]
    let inner = transposed(axis, -1)
    let all = inner.scalars
    var indices: [Int64] = []
    for start in stride(from: 0, to: all.count, by: Swift.max(length, 1)) {
      let order: [Int] = (0..<length).sorted { (a: Int, b: Int) -> Bool in
        descending ? all[start + a] > all[start + b] : all[start + a] < all[start + b]
      }
      indices += order.map { Int64($0) }
    }
    let positions = Tensor<Int64>(indices, shape: inner.shape).transposed(axis, -1)
    return (gather(positions, along: axis), positions)
  }
  public func topK(_ count: Int, along axis: Int) -> (values: Tensor, indices: Tensor<Int64>) {
    let (values, indices) = sorted(along: axis, descending: true)
    return (values.slice(axis: axis, range: 0..<count), indices.slice(axis: axis, range: 0..<count))
  }
}
