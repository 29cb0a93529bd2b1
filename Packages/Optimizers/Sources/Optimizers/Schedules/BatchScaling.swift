import TensorCore

/// The learning rate for another batch size by the linear rule: batch × N → rate × N.
///
/// A step of N times as many images replaces N steps, whose gradients it averages. Goyal and others 2017, "Accurate, large
/// minibatch SGD: training ImageNet in 1 hour": with a ``LinearWarmup`` good up to batches of about 8,000.
///
/// ```swift
/// let rate = scaledLearningRate(0.1, batchSize: 1024, tunedFor: 256)  // 0.4
/// ```
public func scaledLearningRate(_ rate: Double, batchSize: Int, tunedFor tunedSize: Int) -> Double {
  requireNotNegative("scaledLearningRate", "rate", rate)
  requireWhole("scaledLearningRate", "batch size", batchSize)
  requireWhole("scaledLearningRate", "batch size it was tuned for", tunedSize)
  return rate * Double(batchSize) / Double(tunedSize)
}
