import Training

/// The rows of a matrix, as a grid of numbers shows them.
func rows(_ tensor: Tensor<Float>) -> [[Double]] {
  (0..<tensor.shape[0]).map { row in (0..<tensor.shape[1]).map { Double(tensor[row, $0]) } }
}
