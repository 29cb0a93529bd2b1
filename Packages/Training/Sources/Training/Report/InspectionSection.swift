import Datasets
import Foundation

/// The part of a run's page that looks into the network: first filters, feature maps and how activations are spread.
struct InspectionSection {
  let inspection: NetworkInspection
  /// The test images, as they were before preprocessing.
  let images: ImageDataset

  var html: String { [filters, maps, layers].compactMap { $0 }.joined(separator: "\n") }

  private var filters: String? {
    guard let filters = inspection.filters else { return nil }
    let shown = filters.sheet.tiles.count
    let count = shown < filters.filterCount ? "The first \(shown) of \(filters.filterCount)" : "The \(shown)"
    return """
      <h2>First-layer filters</h2>
      <p>\(count) filters of <b>\(escaped(filters.name))</b>, \(filters.sheet.size.height)×\
      \(filters.sheet.size.width): 0 is grey, positive weights are lighter, negative ones darker.</p>
      \(picture(filters.sheet, title: "filters of \(filters.name)", pixels: 8))
      """
  }

  private var maps: String? {
    guard !inspection.maps.isEmpty else { return nil }
    let figures = inspection.maps.map { maps in
      let shown = maps.sheet.tiles.count
      let count = shown < maps.count ? "\(shown) of \(maps.count)" : "\(shown)"
      return """
        <h3>\(escaped(maps.name))</h3>
        <p>\(count) maps of \(maps.size.height)×\(maps.size.width)</p>
        \(picture(maps.sheet, title: "maps of \(maps.name)", pixels: maps.sheet.size.width > 16 ? 2 : 4))
        """
    }
    return """
      <h2>Feature maps</h2>
      <p>What layers make of this image, from their smallest value, black, to their largest, white.</p>
      <img src="\(PNGImage.address(images.image(inspection.mapImage)))" alt="test image \(inspection.mapImage)">
      \(figures.joined(separator: "\n"))
      """
  }

  private var layers: String? {
    guard !inspection.layers.isEmpty else { return nil }
    return """
      <h2>Activations</h2>
      <p>The outputs of each layer on \(inspection.imageCount) test images.</p>
      <div class="wide"><table class="facts"><thead><tr><th scope="col">layer</th><th scope="col">kind</th>\
      <th scope="col">shape</th><th scope="col">mean</th><th scope="col">deviation</th><th scope="col">smallest</th>\
      <th scope="col">largest</th><th scope="col">zero</th><th scope="col">spread</th></tr></thead>
      <tbody>
      \(inspection.layers.map(row).joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  private func row(_ layer: NetworkInspection.LayerFigures) -> String {
    let histogram = layer.histogram
    let numbers = [histogram.mean, histogram.deviation, histogram.smallest, histogram.largest]
    let cells =
      [layer.kind, layer.shape.map(String.init).joined(separator: "×")]
      + numbers.map { String(format: "%.4g", $0) } + ["\(decimal(layer.zeroShare * 100, 1)) %"]
    let undefined = histogram.undefinedCount > 0 ? " <b>\(histogram.undefinedCount) not finite</b>" : ""
    return "<tr><th scope=\"row\">\(escaped(layer.name))</th>\(cells.map { "<td>\(escaped($0))</td>" }.joined())"
      + "<td>\(bars(histogram))\(undefined)</td></tr>"
  }

  /// The counts as a row of bars, the highest of full height.
  private func bars(_ histogram: ValueHistogram) -> String {
    guard let most = histogram.counts.max(), most > 0 else { return "" }
    let path = histogram.counts.enumerated().map { bucket, count in
      "M\(bucket * 4) 20v-\(decimal(20 * Double(count) / Double(most), 1))h3V20"
    }.joined()
    return "<svg class=\"bars\" viewBox=\"0 0 \(histogram.counts.count * 4) 20\"><path d=\"\(path)z\"/></svg>"
  }

  private func picture(_ sheet: TileSheet, title: String, pixels: Int) -> String {
    let image = sheet.image
    return """
      <img class="sheet" src="\(PNGImage.address(image))" alt="\(escaped(title))" \
      style="width:\(image.size.width * pixels)px">
      """
  }
}
