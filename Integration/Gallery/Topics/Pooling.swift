import Drawing
import Training

extension Topic {
  static let pooling = Topic("pooling", "Pooling keeps a number of each window", draw: drawPooling)
}

/// Both poolings of a grid of numbers, and the gradients that they route.
private func drawPooling(_ page: Page) throws {
  page.say(
    "Pooling of 2×2 windows halves height and width, has no weights, and keeps the largest number or the mean. On the way back the "
      + "largest gets the whole gradient of its window, the mean shares it out.")
  let numbers: Tensor<Double> = Tensor([1, 3, 2, 1, 4, 2, 0, 1, 5, 1, 2, 2, 0, 6, 3, 8], shape: [1, 1, 4, 4])
  let geometry = PoolingGeometry(kernel: 2)
  let (largest, toLargest) = withGradient(numbers) { $0.maxPool2d(geometry) }
  let (mean, toMean) = withGradient(numbers) { $0.averagePool2d(geometry) }
  let shades: (Int, Int) -> Color? = { .number($0 / 2 * 2 + $1 / 2) }
  try page.show(
    Line(
      nil,
      [
        NumberGrid("input", rows(numbers), color: shades),
        NumberGrid("largest", rows(largest)) { .number($0 * 2 + $1) },
        NumberGrid("its gradient", rows(toLargest), color: shades),
        NumberGrid("mean", rows(mean)) { .number($0 * 2 + $1) },
        NumberGrid("its gradient", rows(toMean), cell: 34, color: shades),
      ]), "pooling", "A 4×4 input, both poolings, and where their gradients go")
  page.expect("largest of the windows", largest.scalars == [4, 2, 6, 8], "4, 2, 6, 8")
  page.expect("means of the windows", mean.scalars == [2.5, 1, 3, 3.75], "2.5, 1, 3, 3.75")
  page.expect(
    "gradient of the largest goes to one pixel of each window",
    toLargest.sum().scalar == 4 && toLargest.max().scalar == 1)
}

private func rows(_ images: Tensor<Double>) -> [[Double]] {
  (0..<images.shape[2]).map { row in (0..<images.shape[3]).map { images[0, 0, row, $0] } }
}

/// What a function makes of an image, and the gradient of the sum of it.
private func withGradient(
  _ image: Tensor<Double>, _ function: (Variable) -> Variable
) -> (output: Tensor<Double>, gradient: Tensor<Double>) {
  let tape = Tape()
  let input = tape.watch(image)
  let output = function(input)
  return (output.doubles, output.sum().gradients()[input]?.doubles ?? image)
}
