import Synchronization
import TensorCore

/// y = the largest element of each window: the gradient goes to where it was found, the first of equals.
struct MaxPooling2d: Operation {
  let name = "maxPool2d"
  let geometry: PoolingGeometry
  /// Where the choices are left for who wants to know them.
  var report: Report?

  final class Report: Sendable {
    let choices = Mutex<MaxPoolChoices?>(nil)
  }

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (output, choices) = inputs[0].maxPool2d(geometry)
    report?.choices.withLock { $0 = choices }
    return Recorded(output) { gradient in [gradient.maxPool2dGradient(choices)] }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? { geometry.inputWindows(onImages: input) }
}

/// y = the mean of each window: every element gets an equal share of the gradient.
struct AveragePooling2d: Operation {
  let name = "averagePool2d"
  let geometry: PoolingGeometry
  let countingPadding: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].averagePool2d(geometry, countingPadding: countingPadding)) { gradient in
      [gradient.averagePool2dGradient(inputShape: shape, geometry: geometry, countingPadding: countingPadding)]
    }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? { geometry.inputWindows(onImages: input) }
}

/// y = the p-norm of each window: dy/dx = sign(x) |x|^(p-1) y^(1-p).
struct LpPooling2d: Operation {
  let name = "lpPool2d"
  let geometry: PoolingGeometry
  let power: Double
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0], y = x.lpPool2d(geometry, power: power)
    return Recorded(y) { gradient in
      [gradient.lpPool2dGradient(input: x, output: y, geometry: geometry, power: power)]
    }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? { geometry.inputWindows(onImages: input) }
}

/// y = x at the places that indices name, zero elsewhere: the gradient is read there.
struct MaxUnpooling2d: Operation {
  let name = "maxUnpool2d"
  let indices: Tensor<Int64>
  let size: PlaneSize
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0].maxUnpool2d(indices: indices, size: size)) { gradient in
      [gradient.maxUnpool2dGradient(indices: indices)]
    }
  }
}

extension Variable {
  /// The largest element of each window of `[N, C, H, W]`. NaN passes through; padding never wins.
  public func maxPool2d(_ geometry: PoolingGeometry) -> Variable { MaxPooling2d(geometry: geometry).apply(to: self) }

  /// The largest element of each window of `[N, C, H, W]`, and for each its index in its plane, row by row: `i · W + j`.
  public func maxPool2dWithIndices(_ geometry: PoolingGeometry) -> (output: Variable, indices: Tensor<Int64>) {
    let report = MaxPooling2d.Report()
    let output = MaxPooling2d(geometry: geometry, report: report).apply(to: self)
    node?.tape.noteReading()
    guard let choices = report.choices.withLock(\.self) else { stop("maxPool2d", "made no choices for \(shape)") }
    return (output, choices.indices)
  }

  /// The elements at the places in planes of the given size that `indices` name, zeros elsewhere: what
  /// ``maxPool2dWithIndices(_:)`` took apart. Where an index comes several times, the last element counts.
  public func maxUnpool2d(indices: Tensor<Int64>, size: PlaneSize) -> Variable {
    MaxUnpooling2d(indices: indices, size: size).apply(to: self)
  }

  /// The mean of each window of `[N, C, H, W]`, with the zeros of the padding counted or not.
  public func averagePool2d(_ geometry: PoolingGeometry, countingPadding: Bool = true) -> Variable {
    AveragePooling2d(geometry: geometry, countingPadding: countingPadding).apply(to: self)
  }

  /// The p-norm of each window of `[N, C, H, W]`: `(Σ |x|^p)^(1/p)`, p at least 1.
  public func lpPool2d(_ geometry: PoolingGeometry, power: Double) -> Variable {
    LpPooling2d(geometry: geometry, power: power).apply(to: self)
  }
}

extension PoolingGeometry {
  /// The windows on images `[N, C, H, W]`.
  func inputWindows(onImages shape: Shape) -> [InputWindow]? {
    try? inputWindows(on: PlaneSize(height: shape[2], width: shape[3]))
  }
}
