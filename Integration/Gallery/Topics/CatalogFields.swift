import Drawing
import Models
import Training

extension Topic {
  static let catalogFields = Topic(
    "fields-of-networks", "How far each network sees: measured and calculated", draw: drawCatalogFields)
}

/// For every network of the catalogue: the width that the middle output of its last windowed layer depends on.
private func drawCatalogFields(_ page: Page) throws {
  page.say(
    "The formula adds up windows: a window of K at stride S on positions that lie j pixels apart widens the field by (K - 1) j, and makes "
      + "of j S j. Measured is the gradient of the middle output with respect to an image, in double precision, with all weights "
      + "positive, so that no path cancels another. A maximum passes its gradient to one pixel only: on an image that brightens to "
      + "the right it is the right-most of the window, on one that darkens the left-most, and both together span the field."
  )
  var rows: [[String]] = [], bars: [BarList.Bar] = [], equal = 0
  for entry in ModelCatalog.entries {
    let network = withoutInitialWeights { entry.make() }
    let chain = try WindowedChain(network, Shape([1] + entry.facts.input.sizes))
    let image = try chain.image(for: network)
    let measured = chain.measuredField(on: image)
    // Each network has sizes of its own: kept blocks would add up to gigabytes.
    BlockPool.trim()
    equal += measured == chain.field ? 1 : 0
    rows.append([entry.facts.name, chain.last, "\(chain.field)", "\(measured)", "\(entry.facts.input[2])"])
    bars.append(
      .init(
        entry.facts.name, Double(measured), "\(measured)", color: measured > entry.facts.input[2] ? .orange : .blue))
  }
  try page.show(
    BarList(
      "What the last windowed layer sees; orange: more than the image", "side of the receptive field, pixels", bars),
    "fields", "Receptive fields of the networks of the catalogue as bars")
  page.table(["network", "up to layer", "formula", "measured", "image"], rows)
  page.expect(
    "networks whose measured field is the formula's, of \(rows.count)", Double(equal), near: Double(rows.count),
    within: 0,
    places: 0)
}
