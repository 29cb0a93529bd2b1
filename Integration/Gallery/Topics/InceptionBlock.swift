import Drawing
import Models
import Training

extension Topic {
  static let inceptionBlock = Topic("inception", "The inception block, naive and reduced", draw: drawInception)
}

/// What both forms of GoogLeNet's block 3a cost.
private func drawInception(_ page: Page) throws {
  page.say(
    "The inception block looks with filters of three sizes at once. Naively that is dear, above all the 5×5 filters on all channels; and "
      + "pooling hands all channels on, so that blocks grow. A 1×1 convolution before each large filter and behind the pooling makes "
      + "of many channels few: the same filters of block 3a for two fifths of the work, and 256 channels come out in place of 416."
  )
  let image: Shape = [1, 192, 28, 28]
  let blocks: [(String, Parallel, Int)] = withoutInitialWeights {
    [
      ("naive", Inception.naive(192, one: 64, three: 128, five: 32), 28 * 28 * 192 * (64 + 9 * 128 + 25 * 32)),
      (
        "reduced", Inception.reduced(192, .init(64, 96, 128, 16, 32, 32)),
        28 * 28 * (192 * (64 + 96 + 16 + 32) + 9 * 96 * 128 + 25 * 16 * 32)
      ),
    ]
  }
  let summaries = try blocks.map { try $0.1.summary(for: image) }
  let rows = zip(blocks, summaries).map { block, summary in
    [block.0, "\(summary.outputShape?[1] ?? 0)", grouped(summary.parameterCount), grouped(summary.multiplyAdds)]
  }
  try page.show(
    BarList(
      "Inception block 3a on 192 maps of 28×28", "multiply-adds",
      zip(blocks, summaries).map { .init($0.0, Double($1.multiplyAdds), short($1.multiplyAdds)) }),
    "inception", "Multiply-adds of the naive and the reduced inception block")
  page.table(["block 3a", "channels out", "parameters", "multiply-adds"], rows)
  for (block, summary) in zip(blocks, summaries) {
    page.expect(
      "\(block.0): multiply-adds, by hand \(grouped(block.2))", summary.multiplyAdds == block.2,
      grouped(summary.multiplyAdds))
  }
  page.expect(
    "work of the reduced block by that of the naive one",
    Double(summaries[1].multiplyAdds) / Double(summaries[0].multiplyAdds), near: 0.42, within: 0.005)
}
