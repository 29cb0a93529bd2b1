import Foundation
import Training

/// The tags of an event file as a table.
struct EventTable {
  let contents: EventFileContents

  /// The table, and a line on the whole.
  var text: String {
    let header = ["tag", "kind", "entries", "steps", "first", "last"]
    let table = TextTable([header] + contents.series.map(cells), leftColumns: [0, 1, 3]).text
    let (tags, entries) = (contents.series.count, contents.series.reduce(0) { $0 + $1.count })
    return table + "\nevents: \(tags) \(tags == 1 ? "tag" : "tags") with \(Figures.grouped(entries)) "
      + (entries == 1 ? "entry" : "entries") + (contents.isCut ? "; the last record is cut off" : "")
  }

  private func cells(_ series: EventFileContents.Series) -> [String] {
    func number(_ value: Double?) -> String { value.map { String(format: "%.4g", $0) } ?? "" }
    let steps = series.firstStep == series.lastStep ? "\(series.lastStep)" : "\(series.firstStep)–\(series.lastStep)"
    return [
      series.tag, series.kind, Figures.grouped(series.count), steps, number(series.firstValue),
      number(series.lastValue),
    ]
  }
}
