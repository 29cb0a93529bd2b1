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
  /// Rows whose label is `ignored` have a loss of 0. Stops when another label does not lie in 0 ..< C, their number is not
  /// N, or the smoothing does not lie in 0...1.
  public func crossEntropy(labels: Tensor<Int64>, smoothing: Double = 0, ignoring ignored: Int64? = nil) -> Tensor {
    let classes = checkLabels(labels, smoothing, ignored, "crossEntropy")
    let result = Tensor(uninitialized: labels.shape)
    let from = storage.start, label = labels.storage.start, to = result.storage.start
    Cut.run(rows: labels.count, of: classes) {
      let row = $0.lowerBound
      nt_cross_entropy_rows(
        Scalar.code, smoothing, ignored ?? -1, from + row * classes, label + row, to + row, $0.count, classes)
    }
    withExtendedLifetime((self, labels)) {}
    return result
  }

  /// The gradient of ``crossEntropy(labels:smoothing:ignoring:)`` with respect to the logits, when this, `[N]` or a single number
  /// for all, is that of the losses: gᵣ (softmax(xᵣ)ⱼ − (1 − e if j is the label, else 0) − e / C), `[N, C]`.
  ///
  /// A single gradient of 1 / N is that of the mean of the losses. Rows whose label is `ignored` have a gradient of 0,
  /// whatever their logits are.
  public func crossEntropyGradient(
    logits: Tensor, labels: Tensor<Int64>, smoothing: Double = 0, ignoring ignored: Int64? = nil
  ) -> Tensor {
    let classes = logits.checkLabels(labels, smoothing, ignored, "crossEntropyGradient")
    guard shape == labels.shape || rank == 0 else {
      stop("crossEntropyGradient", "the gradient has the shape \(shape), the losses \(labels.shape)")
    }
    let step = rank == 0 ? 0 : 1
    let result = Tensor(uninitialized: logits.shape)
    let gradient = storage.start, from = logits.storage.start, label = labels.storage.start, to = result.storage.start
    Cut.run(rows: labels.count, of: classes) {
      let row = $0.lowerBound, start = row * classes
      nt_cross_entropy_gradient_rows(
        Scalar.code, smoothing, ignored ?? -1, gradient + row * step, step, from + start, label + row, to + start,
        $0.count, classes)
    }
    withExtendedLifetime((self, logits, labels)) {}
    return result
  }

  /// The number of classes, if these logits are `[N, C]`, the labels N of 0 ..< C and the smoothing a share.
  private func checkLabels(
    _ labels: Tensor<Int64>, _ smoothing: Double, _ ignored: Int64?, _ name: String
  ) -> Int {
    guard smoothing >= 0, smoothing <= 1 else { stop(name, "the smoothing \(smoothing) does not lie in 0...1") }
    guard rank == 2, labels.shape == [shape[0]] else {
      stop(name, "logits [N, C] need labels [N], not \(shape) and \(labels.shape)")
    }
    let classes = shape[1]
    labels.withUnsafeBufferPointer { labels in
      if let row = labels.firstIndex(where: { ($0 < 0 || $0 >= classes) && $0 != ignored }) {
        stop(name, "label \(labels[row]) of row \(row) is not one of \(classes) classes")
      }
    }
    return classes
  }
}

/// The same for targets that are shares of the classes.
extension Tensor where Scalar: FloatingScalar {
  /// For each row of these logits `[N, C]` and of targets `[N, C]` the loss −Σⱼ tⱼ ln softmax(x)ⱼ, of shape `[N]`, and
  /// the logarithms ln softmax(x), `[N, C]`, which the gradient needs.
  ///
  /// A target of 0 adds nothing, even where the logit is −∞. The shares need not add up to 1. Stops when the shapes differ
  /// or are not of rank 2.
  public func crossEntropy(targets: Tensor) -> (losses: Tensor, logarithms: Tensor) {
    guard rank == 2, shape == targets.shape else {
      stop("crossEntropy", "logits [N, C] need targets [N, C], not \(shape) and \(targets.shape)")
    }
    let logarithms = logSoftmax(along: 1)
    return (-targets.weighing(logarithms).sum(along: 1), logarithms)
  }

  /// The gradient of ``crossEntropy(targets:)`` with respect to the logits, when this, `[N]`, is that of the losses:
  /// gᵣ (softmax(xᵣ)ⱼ Σₖ tₖ − tⱼ).
  public func crossEntropyGradient(logarithms: Tensor, targets: Tensor) -> Tensor {
    guard shape == [logarithms.shape[0]], logarithms.shape == targets.shape else {
      stop("crossEntropyGradient", "gradients \(shape), logarithms \(logarithms.shape) and targets \(targets.shape)")
    }
    return expandingAxis(at: 1) * (logarithms.exp() * targets.sum(along: 1, keepingAxes: true) - targets)
  }

  /// These weights times `losses`, element by element; 0 where the weight is 0, though the loss be infinite.
  func weighing(_ losses: Tensor) -> Tensor { (self .== 0).select(0, self * losses) }
}
