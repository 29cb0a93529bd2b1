import Training

/// The root mean square.
func deviation(_ x: Tensor<Float>) -> Double { Double((x * x).mean().scalar).squareRoot() }
