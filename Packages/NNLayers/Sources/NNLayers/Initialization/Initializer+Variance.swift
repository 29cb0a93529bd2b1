import TensorCore

/// Rules that choose the deviation so that the signal keeps its own from layer to layer.
extension Initializer {
  /// Which fan the deviation follows from.
  public enum FanMode: Sendable {
    /// The inputs of an output: the forward pass keeps its variance.
    case `in`
    /// The outputs of an input: the gradients keep theirs.
    case out
    /// The mean of both.
    case mean
  }

  /// The form of a distribution of given variance.
  public enum Distribution: Sendable {
    /// Uniform within ±√3 deviations.
    case uniform
    /// Gaussian.
    case normal
    /// Gaussian cut off at two deviations and widened, so that the variance is as wanted.
    case truncatedNormal
  }

  /// Mean 0 and variance scale / fan: the family of Xavier's, LeCun's and He's rules.
  public static func varianceScaling(
    _ scale: Float, _ mode: FanMode, _ distribution: Distribution
  ) -> Initializer {
    Initializer(fan: { shape, fan, random in
      let deviation = fan.count(mode) > 0 ? (scale / fan.count(mode)).squareRoot() : 0
      return distribution.rule(deviation: deviation)(shape, using: &random)
    })
  }

  /// Uniform within ±gain·√(6 / (fan-in + fan-out)): keeps the variance of both passes in layers with tanh or sigmoid.
  ///
  /// Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
  public static func xavierUniform(gain: Float = 1) -> Initializer { varianceScaling(gain * gain, .mean, .uniform) }

  /// Gaussian of variance gain²·2 / (fan-in + fan-out). Glorot and Bengio 2010.
  public static func xavierNormal(gain: Float = 1) -> Initializer { varianceScaling(gain * gain, .mean, .normal) }

  /// Gaussian of variance 1 / fan-in: for scaled tanh, and for SELU.
  ///
  /// LeCun, Bottou, Orr and Müller 1998, "Efficient backprop".
  public static let lecunNormal = varianceScaling(1, .in, .normal)

  /// Uniform within ±√(3 / fan-in). LeCun and others 1998.
  public static let lecunUniform = varianceScaling(1, .in, .uniform)

  /// Gaussian of variance 2 / fan-in: keeps the variance of the forward pass in layers with ReLU.
  ///
  /// He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers".
  public static let heNormal = he()

  /// Uniform within ±√(6 / fan-in). He, Zhang, Ren and Sun 2015.
  public static let heUniform = he(distribution: .uniform)

  /// Variance gain² / fan, as He, Zhang, Ren and Sun 2015 derive for ReLU and leaky ReLU.
  ///
  /// - Parameters:
  ///   - mode: which fan. Default fan-in.
  ///   - gain: of the activation that follows. Default ``Gain/relu``.
  ///   - distribution: default Gaussian.
  public static func he(
    _ mode: FanMode = .in, gain: Float = Gain.relu, distribution: Distribution = .normal
  ) -> Initializer {
    varianceScaling(gain * gain, mode, distribution)
  }

  /// Uniform within ±1/√fan-in: the default of ``Linear`` and ``Conv2d`` for weights, as in PyTorch.
  public static let fanInUniform = Initializer(fan: { shape, fan, random in
    uniform(bound: fanInBound(fan.in))(shape, using: &random)
  })

  /// 1/√fan-in; 0 without inputs.
  static func fanInBound(_ fanIn: Int) -> Float {
    fanIn > 0 ? 1 / Float(fanIn).squareRoot() : 0
  }
}

extension Fan {
  fileprivate func count(_ mode: Initializer.FanMode) -> Float {
    switch mode {
    case .in: Float(self.in)
    case .out: Float(out)
    case .mean: Float(self.in + out) / 2
    }
  }
}

extension Initializer.Distribution {
  /// The deviation of the standard normal distribution between -2 and 2.
  private static let truncatedDeviation: Float = 0.879_625_66

  fileprivate func rule(deviation: Float) -> Initializer {
    switch self {
    case .uniform: .uniform(bound: Float(3).squareRoot() * deviation)
    case .normal: .normal(deviation: deviation)
    case .truncatedNormal: .truncatedNormal(deviation: deviation / Self.truncatedDeviation)
    }
  }
}
