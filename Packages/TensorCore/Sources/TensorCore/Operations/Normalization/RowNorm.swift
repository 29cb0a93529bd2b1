import CKernels

/// What normalising rows leaves for its gradient: each row's mean, if it was taken out, and factor 1 / √(σ² + ε).
public struct RowStatistics: Sendable {
  let mean: Tensor<Double>?
  let scale: Tensor<Double>
}

/// Normalisation over the last axes: each row of them is brought to mean 0 and variance 1, or only to mean square 1.
///
/// Ba, Kiros and Hinton 2016, "Layer normalization"; Zhang and Sennrich 2019, "Root mean square layer normalization".
extension Tensor where Scalar: FloatingScalar {
  /// y = γ (x − μ) / √(σ² + ε) + β with μ and σ² of each row of `sizes`, the last axes. One pass over memory, added up in
  /// Double.
  ///
  /// Stops unless self ends in `sizes`, which must not be empty, and γ and β have that shape.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the axes that are normalised over.
  ///   - weight: γ; nil for 1.
  ///   - bias: β; nil for 0.
  ///   - epsilon: ε, which keeps the root from 0.
  public func layerNorm(
    over sizes: Shape, weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> (output: Tensor, statistics: RowStatistics) {
    let view = rowView(sizes, "layerNorm", [weight?.shape, bias?.shape])
    return rowNorm(view, mean: Tensor<Double>(uninitialized: [view.rows]), weight: weight, bias: bias, epsilon: epsilon)
  }

  /// y = γ x / √(mean x² + ε) with the mean square of each row of `sizes`, the last axes. One pass over memory.
  ///
  /// Stops as ``layerNorm(over:weight:bias:epsilon:)`` does.
  public func rmsNorm(
    over sizes: Shape, weight: Tensor?, epsilon: Double
  ) -> (output: Tensor, statistics: RowStatistics) {
    let view = rowView(sizes, "rmsNorm", [weight?.shape])
    return rowNorm(view, mean: nil, weight: weight, bias: nil, epsilon: epsilon)
  }

  private func rowNorm(
    _ view: nt_row_view, mean: Tensor<Double>?, weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> (output: Tensor, statistics: RowStatistics) {
    let result = Tensor(uninitialized: shape), scale = Tensor<Double>(uninitialized: [view.rows])
    Cut.run(rows: view.rows, of: view.width) { rows in
      let start = rows.lowerBound * view.width
      nt_row_norm(
        Scalar.code, storage.start + start, nt_row_view(rows: rows.count, width: view.width), weight?.storage.start,
        bias?.storage.start, epsilon, mean.map { $0.storage.start + rows.lowerBound },
        scale.storage.start + rows.lowerBound, result.storage.start + start)
    }
    withExtendedLifetime((self, weight, bias, mean)) {}
    return (result, RowStatistics(mean: mean, scale: scale))
  }

  /// The gradients of ``layerNorm(over:weight:bias:epsilon:)`` and ``rmsNorm(over:weight:epsilon:)``, when this is that of
  /// their output. With x̂ the normalised row, r its factor and means along the row:
  ///
  ///     dβ = Σ g      dγ = Σ g x̂      dx = r (γg − mean γg − x̂ mean γg x̂)
  ///
  /// For RMS normalisation without the first mean. One pass over memory.
  public func rowNormGradient(
    input: Tensor, _ statistics: RowStatistics, over sizes: Shape, weight: Tensor?
  ) -> (input: Tensor, weight: Tensor, bias: Tensor) {
    checkSameShape(input, "rowNormGradient")
    let view = rowView(sizes, "rowNormGradient", [weight?.shape])
    let result = Tensor(uninitialized: shape)
    // Each block adds γ's and β's gradients up by itself; 8 rows or more keep those small beside the rows.
    let rowsPerBlock = Swift.max(8, Cut.blockSize / view.width)
    let blockCount = (view.rows + rowsPerBlock - 1) / rowsPerBlock
    let onWeight = Tensor<Double>.zeros([blockCount, view.width]),
      onBias = Tensor<Double>.zeros([blockCount, view.width])
    ThreadPool.run(blocks: blockCount) { block in
      let row = block * rowsPerBlock, start = row * view.width, sums = block * view.width
      nt_row_norm_gradient(
        Scalar.code, storage.start + start, input.storage.start + start,
        nt_row_view(rows: Swift.min(rowsPerBlock, view.rows - row), width: view.width), weight?.storage.start,
        statistics.mean.map { UnsafePointer($0.storage.start + row) }, statistics.scale.storage.start + row,
        result.storage.start + start, onWeight.storage.start + sums, onBias.storage.start + sums)
    }
    withExtendedLifetime((self, input, weight, statistics.mean, statistics.scale)) {}
    func total(_ sums: Tensor<Double>) -> Tensor { sums.sum(along: [0]).reshaped(sizes).converted(to: Scalar.self) }
    return (result, total(onWeight), total(onBias))
  }

  private func rowView(_ sizes: Shape, _ name: String, _ parameters: [Shape?]) -> nt_row_view {
    guard sizes.rank >= 1, sizes.count > 0, shape.sizes.suffix(sizes.rank) == sizes.sizes[...] else {
      stop(name, "needs an input that ends in \(sizes), this one is \(shape)")
    }
    for case let parameter? in parameters where parameter != sizes {
      stop(name, "rows of \(sizes) need weight and bias of that shape, not \(parameter)")
    }
    return nt_row_view(rows: count / sizes.count, width: sizes.count)
  }
}
