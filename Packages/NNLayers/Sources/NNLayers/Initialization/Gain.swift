/// The factor by which weights must grow so that an activation keeps the signal's deviation.
///
/// The values that PyTorch recommends: 1 for linear layers and sigmoid, 5/3 for tanh, √2 for ReLU, 3/4 for SELU.
public enum Gain {
  /// Without an activation, and for convolutions: 1.
  public static let linear: Float = 1
  /// 1.
  public static let sigmoid: Float = 1
  /// 5/3.
  public static let tanh: Float = 5 / 3
  /// √2: half of a symmetric signal's energy is left.
  public static let relu: Float = Float(2).squareRoot()
  /// 3/4: keeps gradients in networks of SELU stable; 1 keeps the forward pass self-normalising.
  public static let selu: Float = 3 / 4

  /// √(2 / (1 + a²)) for the slope a on the negative side.
  public static func leakyReLU(_ slope: Float = 0.01) -> Float { (2 / (1 + slope * slope)).squareRoot() }
}
