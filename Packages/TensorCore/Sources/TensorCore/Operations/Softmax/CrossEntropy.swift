import CKernels

/// The loss of classification, straight from logits, in one pass.
extension Tensor where Scalar: FloatingScalar {
  /// For each row of these logits `[N, C]` the negative logarithm of the share that softmax gives to the row's label:
  /// lossᵣ = ln Σⱼ e^(xᵣⱼ − m) − (xᵣ,label − m), where m is the row's largest. Of shape `[N]`.
  ///
  /// With a `smoothing` e above 0 the label counts for 1 − e only and the rest is spread over all classes:
  /// lossᵣ = (1 − e) (−ln pᵣ,label) + e / C Σⱼ (−ln pᵣⱼ), p being the softmax (Szegedy et al. 2016, "Rethinking the
  /// Inception Architecture for Computer Vision", section 7).
  ///
  /// Stops when a label does not lie in 0 ..< C, their number is not N, or the smoothing does not lie in 0...1.
  public func crossEntropy(labels: Tensor<Int64>, smoothing: Double = 0) -> Tensor {
    let classes = checkLabels(labels, smoothing, "crossEntropy")
    let result = Tensor(uninitialized: labels.shape)
    let from = storage.start, label = labels.storage.start, to = result.storage.start
    Cut.run(rows: labels.count, of: classes) {
      let row = $0.lowerBound
      nt_cross_entropy_rows(
        Scalar.code, smoothing, from + row * classes, label + row, to + row, $0.count, classes)
    }
    withExtendedLifetime((self, labels)) {}
    return result
  }

  /// The gradient of ``crossEntropy(labels:smoothing:)`` with respect to the logits, when this, `[N]` or a single number
  /// for all, is that of the losses: gᵣ (softmax(xᵣ)ⱼ − (1 − e if j is the label, else 0) − e / C), `[N, C]`.
  ///
  /// A single gradient of 1 / N is that of the mean of the losses.
  public func crossEntropyGradient(logits: Tensor, labels: Tensor<Int64>, smoothing: Double = 0) -> Tensor {
    let classes = logits.checkLabels(labels, smoothing, "crossEntropyGradient")
    guard shape == labels.shape || rank == 0 else {
      stop("crossEntropyGradient", "the gradient has the shape \(shape), the losses \(labels.shape)")
    }
    let step = rank == 0 ? 0 : 1
    let result = Tensor(uninitialized: logits.shape)
    let gradient = storage.start, from = logits.storage.start, label = labels.storage.start, to = result.storage.start
    Cut.run(rows: labels.count, of: classes) {
      let row = $0.lowerBound, start = row * classes
      nt_cross_entropy_gradient_rows(
        Scalar.code, smoothing, gradient + row * step, step, from + start, label + row, to + start, $0.count, classes)
    }
    withExtendedLifetime((self, logits, labels)) {}
    return result
  }

  /// The number of classes, if these logits are `[N, C]`, the labels N of 0 ..< C and the smoothing a share.
  private func checkLabels(_ labels: Tensor<Int64>, _ smoothing: Double, _ name: String) -> Int {
    guard smoothing >= 0, smoothing <= 1 else { stop(name, "the smoothing \(smoothing) does not lie in 0...1") }
    guard rank == 2, labels.shape == [shape[0]] else {
      stop(name, "logits [N, C] need labels [N], not \(shape) and \(labels.shape)")
    }
    let classes = shape[1]
    labels.withUnsafeBufferPointer { labels in
      if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
        stop(name, "label \(labels[row]) of row \(row) is not one of \(classes) classes")
      }
    }
    return classes
  }
}
