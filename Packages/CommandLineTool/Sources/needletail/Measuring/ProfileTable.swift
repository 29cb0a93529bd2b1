import TensorCore

/// A profile as a table: a line for each operation, one for each kind of operation, and the whole step; in inference without
/// the passes that only training has.
struct ProfileTable {
  let profile: NetworkProfile
  let roof: MachineRoof

  private static let header = [
    "layer", "operation", "output", "forward, ms", "of roof", "gradients, ms", "of roof", "update, ms", "MiB",
    "algorithm",
  ]
  private static let trainingColumns: Set = [5, 6, 7]

  var text: String {
    var previous = ""
    let rows = profile.rows.map { row in
      defer { previous = row.layer }
      return cells(row.layer == previous ? "" : row.layer, row.operation, row.outputShape.description, [row])
    }
    let kinds = Dictionary(grouping: profile.rows, by: \.operation).sorted { time($0.value) > time($1.value) }
      .map { cells("", $0.key, "×\($0.value.count)", $0.value) }
    let total = cells("total", "", "", profile.rows)
    let isTraining = seconds(.gradients, profile.rows) > 0
    let all = ([Self.header] + rows + kinds + [total]).map { cells in
      cells.indices.filter { isTraining || !Self.trainingColumns.contains($0) }.map { cells[$0] }
    }
    let lines = TextTable(all, leftColumns: [0, 1, 2, all[0].count - 1]).lines
    let rule = String(repeating: "─", count: lines.map(\.count).max() ?? 0)
    return
      ([lines[0], rule] + lines[1...rows.count] + [rule] + lines[(rows.count + 1)...(rows.count + kinds.count)]
      + [rule, lines[lines.count - 1], closing]).joined(separator: "\n")
  }

  private var closing: String {
    let step = StepTimes(profile.steps)
    let threads = ThreadPool.threadCount
    return """
      step: median \(Figures.significant(step.median * 1e3)) ms of \(step.count); the roof is \
      \(Figures.significant(2e-9 * roof.multiplyAddsPerSecond)) GFLOP/s and \
      \(Figures.significant(1e-9 * roof.bytesPerSecond)) GB/s, with \(KernelForm.active.rawValue) and \(threads) \
      \(threads == 1 ? "thread" : "threads")
      """
  }

  private func time(_ rows: [NetworkProfile.Row]) -> Double {
    NetworkProfile.Pass.allCases.reduce(0) { $0 + seconds($1, rows) }
  }

  private func seconds(_ pass: NetworkProfile.Pass, _ rows: [NetworkProfile.Row]) -> Double {
    rows.reduce(0) { $0 + $1.seconds(pass) }
  }

  private func cells(_ layer: String, _ operation: String, _ output: String, _ rows: [NetworkProfile.Row]) -> [String] {
    func seconds(_ pass: NetworkProfile.Pass) -> Double { self.seconds(pass, rows) }
    func milliseconds(_ pass: NetworkProfile.Pass) -> String {
      let seconds = seconds(pass)
      return seconds == 0 ? "" : Figures.decimal(seconds * 1e3, 3)
    }
    func share(_ pass: NetworkProfile.Pass) -> String {
      let least = rows.reduce(0) {
        $0 + roof.leastSeconds(multiplyAdds: $1.multiplyAdds[pass] ?? 0, bytes: $1.bytes[pass] ?? 0)
      }
      // What takes no time, as a change of the shape, moves nothing.
      return seconds(pass) < 5e-6 * Double(rows.count) ? "" : Figures.percent(least / seconds(pass), 0)
    }
    let bytes = rows.reduce(0) { $0 + $1.bytes.values.reduce(0, +) }
    let algorithms = rows.count == 1 ? rows[0].algorithms.joined(separator: ", ") : ""
    return [
      layer, operation, output, milliseconds(.forward), share(.forward), milliseconds(.gradients), share(.gradients),
      milliseconds(.update), Figures.decimal(Double(bytes) / 0x1p20, 1), algorithms,
    ]
  }
}
