import TensorCore
import Testing

@Suite struct NormalQuantileTests {
  /// √2·erf⁻¹(2p − 1), calculated with 40 digits and more.
  @Test(arguments: [
    (1e-300, -37.047096299361199237), (1e-20, -9.2623400897984075796), (1e-9, -5.9978070150076868614),
    (0.0001, -3.7190164854556805523),
    (0.02, -2.0537489106318230443), (0.07, -1.4757910281791706856), (0.08, -1.4050715603096325447),
    (0.25, -0.6744897501960817432), (0.4999, -0.00025066283008800749239), (0.6, 0.25334710313579974132),
    (0.93, 1.475791028179171099), (0.999999, 4.7534243088170877657), (0.5, 0),
  ])
  func agreesWithFortyDigits(p: Double, expected: Double) {
    #expect(abs(normalQuantile(p) - expected) <= 1e-15 * max(1, abs(expected)))
  }

  @Test(arguments: [
    (-30.0, 4.9067139271481870595e-198), (-8, 6.2209605742717841235e-16), (-2, 0.0227501319481792072),
    (-1, 0.15865525393145705141), (0, 0.5), (0.5, 0.69146246127401310364), (3, 0.99865010196836990547),
    (.infinity, 1), (-.infinity, 0),
  ])
  func shareBelowIsTheInverse(x: Double, expected: Double) {
    #expect(abs(normalShare(below: x) - expected) <= 1e-12 * expected + 1e-300)
  }

  @Test(arguments: [
    (1e-300, -690.77552789821370518), (0.07, -2.6592600369327779678), (0.9, -0.10536051565782627656),
    (1, 0), (1.5, 0.40546510810816438198), (3e10, 24.124463218608566532),
  ])
  func logarithmAgreesWithFortyDigits(x: Double, expected: Double) {
    #expect(abs(portableLogarithm(x) - expected) <= 4e-16 * abs(expected))
  }
}
