import TensorCore

/// y = γ (x - μ) / √(σ² + ε) + β by rows; inputs x and, where they are there, γ and β.
struct LayerNormalization: Operation {
  let name = "layerNorm"
  let sizes: Shape
  let hasWeight: Bool
  let hasBias: Bool
  let epsilon: Double

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0], weight = hasWeight ? inputs[1] : nil, hasBias = hasBias, sizes = sizes
    let (output, statistics) = x.layerNorm(
      over: sizes, weight: weight, bias: hasBias ? inputs[inputs.count - 1] : nil, epsilon: epsilon)
    return Recorded(output) { gradient in
      let gradients = gradient.rowNormGradient(input: x, statistics, over: sizes, weight: weight)
      return [gradients.input] + (weight == nil ? [] : [gradients.weight]) + (hasBias ? [gradients.bias] : [])
    }
  }
}

/// y = γ x / √(mean x² + ε) by rows; inputs x and, where it is there, γ.
struct RMSNormalization: Operation {
  let name = "rmsNorm"
  let sizes: Shape
  let epsilon: Double

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0], weight = inputs.count > 1 ? inputs[1] : nil, sizes = sizes
    let (output, statistics) = x.rmsNorm(over: sizes, weight: weight, epsilon: epsilon)
    return Recorded(output) { gradient in
      let gradients = gradient.rowNormGradient(input: x, statistics, over: sizes, weight: weight)
      return [gradients.input] + (weight == nil ? [] : [gradients.weight])
    }
  }
}

extension Variable {
  /// Layer normalisation: γ (x - μ) / √(σ² + ε) + β with μ and σ² of each row of `sizes`, the last axes.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the axes that are normalised over.
  ///   - weight: γ, of shape `sizes`, or nil for 1.
  ///   - bias: β, of shape `sizes`, or nil for 0.
  ///   - epsilon: ε. Default 10⁻⁵.
  public func layerNorm(
    over sizes: Shape, weight: Variable? = nil, bias: Variable? = nil, epsilon: Double = 1e-5
  ) -> Variable {
    let operation = LayerNormalization(
      sizes: sizes, hasWeight: weight != nil, hasBias: bias != nil, epsilon: epsilon)
    return operation.apply(to: [self, weight, bias].compactMap(\.self))
  }

  /// RMS normalisation: γ x / √(mean x² + ε) with the mean square of each row of `sizes`, the last axes.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the axes that are normalised over.
  ///   - weight: γ, of shape `sizes`, or nil for 1.
  ///   - epsilon: ε. Default 10⁻⁵.
  public func rmsNorm(over sizes: Shape, weight: Variable? = nil, epsilon: Double = 1e-5) -> Variable {
    RMSNormalization(sizes: sizes, epsilon: epsilon).apply(to: [self, weight].compactMap(\.self))
  }
}
