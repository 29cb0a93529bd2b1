import Autograd
import NNLayers
import TensorCore

extension Initializer {
  /// Gaussian of variance 2 / fan-out: keeps the variance of the backward pass in layers with ReLU, as torchvision's
  /// convolutions start. He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers".
  static let heNormalFanOut = Initializer { shape, random in
    normal(deviation: (2 / Float(Fan(of: shape).out)).squareRoot())(shape, using: &random)
  }
}

extension Conv2d {
  /// This layer, its bias set to one number.
  func startingBias(at value: Float) -> Conv2d {
    bias?.value = .float(Tensor(repeating: value, shape: [outputChannels]))
    return self
  }
}

extension Linear {
  /// This layer, its bias set to one number.
  func startingBias(at value: Float) -> Linear {
    bias?.value = .float(Tensor(repeating: value, shape: [outputCount]))
    return self
  }
}
