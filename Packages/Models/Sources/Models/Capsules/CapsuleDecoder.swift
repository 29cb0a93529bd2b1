import Autograd
import NNLayers
import TensorCore

/// Draws an image again from the capsule of its class, which makes that capsule hold how the image looks.
///
///     [N, classes, dimension], all but one capsule set to 0 → fc1 512 → ReLU → fc2 1024 → ReLU → fc3 → sigmoid → [N, C, H, W]
///
/// Called as a layer it keeps the longest capsule; in training, ``images(_:of:_:)`` and ``loss(_:_:_:_:weight:)`` keep that
/// of the label. 1,411,344 parameters for ten capsules of 16 and images of 28×28. Names: `fc1`, `fc2`, `fc3`.
///
/// ```swift
/// let decoder = CapsuleDecoder(classCount: 10)
/// let drawn = decoder(Tensor<Float>.zeros([1, 10, 16]), context)  // [1, 1, 28, 28]
/// ```
///
/// Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules", section 4.1.
public struct CapsuleDecoder: Layer {
  /// The layers in order.
  public let layers: Sequential
  private let classCount: Int
  private let dimension: Int
  private let imageShape: Shape

  /// A decoder with random weights.
  ///
  /// - Parameters:
  ///   - classCount: the number of capsules.
  ///   - dimension: their elements. Default 16.
  ///   - imageShape: C, H and W of the images. Default 1, 28 and 28.
  public init(classCount: Int, dimension: Int = 16, imageShape: Shape = [1, 28, 28]) {
    guard classCount >= 1, dimension >= 1, imageShape.rank == 3, imageShape.count >= 1 else {
      stop("CapsuleDecoder", "cannot draw images of \(imageShape) from \(classCount) capsules of \(dimension)")
    }
    (self.classCount, self.dimension, self.imageShape) = (classCount, dimension, imageShape)
    layers = Sequential(named: [
      "fc1": Linear(classCount * dimension, 512), "relu1": ReLU(), "fc2": Linear(512, 1024), "relu2": ReLU(),
      "fc3": Linear(1024, imageShape.count), "sigmoid": Sigmoid(),
    ])
  }

  public var children: [Child] { layers.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    check(x.shape)
    return images(x, of: x.lengths().doubles.argmax(along: 1), context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 3, Array(input.dropFirst()) == [classCount, dimension] else {
      throw InputError("CapsuleDecoder", expected: expected, got: input)
    }
    return Shape([input[0]] + imageShape.sizes)
  }

  /// Images `[N, C, H, W]` between 0 and 1, each from the one capsule that `labels` `[N]` names.
  public func images(_ capsules: Variable, of labels: Tensor<Int64>, _ context: Context) -> Variable {
    check(capsules.shape)
    guard labels.shape == [capsules.shape[0]] else {
      stop("CapsuleDecoder", "capsules \(capsules.shape) need labels [\(capsules.shape[0])], not \(labels.shape)")
    }
    let mask = TensorValue.double(labels.oneHot(classCount: classCount, as: Double.self).expandingAxis(at: -1))
    let kept = capsules * Variable(mask.converted(to: capsules.precision))
    let drawn = layers.forward(kept.reshaped([labels.count, classCount * dimension]), context)
    return drawn.reshaped(Shape([labels.count] + imageShape.sizes))
  }

  /// How far the images drawn from the labels' capsules are from the right ones: the sum of squared differences of an image's
  /// pixels times `weight`, averaged over the images.
  ///
  /// - Parameters:
  ///   - capsules: `[N, classes, dimension]`.
  ///   - labels: `[N]`.
  ///   - images: what should be drawn, `[N, C, H, W]` between 0 and 1.
  ///   - context: the step's context.
  ///   - weight: what the sum is multiplied by, so that it does not rule over the margin loss. Default 0.0005.
  public func loss(
    _ capsules: Variable, _ labels: Tensor<Int64>, _ images: Tensor<Float>, _ context: Context,
    weight: Double = 0.0005
  ) -> Variable {
    let drawn = self.images(capsules, of: labels, context)
    guard drawn.shape == images.shape else {
      stop("CapsuleDecoder", "draws images \(drawn.shape), not \(images.shape)")
    }
    let wanted = Variable(TensorValue.float(images).converted(to: drawn.precision))
    return Variable.squaredDifference(drawn, wanted).sum() * (weight / Double(labels.count))
  }

  private func check(_ shape: Shape) {
    guard shape.rank == 3, Array(shape.dropFirst()) == [classCount, dimension] else {
      stop("CapsuleDecoder", "takes \(expected), not \(shape)")
    }
  }

  private var expected: String { "[N, \(classCount), \(dimension)]" }
}
