import TensorCore

extension NetworkSummary: CustomStringConvertible {
  /// A table of the rows with the totals below. Amounts of 0 are left blank.
  public var description: String {
    let header = ["layer", "type", "output", "parameters", "multiply-adds", "memory", "receptive field"]
    let body = rows.filter { !$0.isNetworkOfParts(among: rows) }.map(\.cells)
    let total = [
      "total", rows.first?.type ?? "", outputShape?.description ?? "", parameterCount.grouped, multiplyAdds.grouped,
      byteCount.bytes, "",
    ]
    let table = [header] + body + [total]
    let widths = header.indices.map { column in table.map(\.[column].count).max() ?? 0 }
    let lines = table.map { Self.line($0, widths) }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
    let parameters =
      "\(parameterCount.grouped) parameters of \(parameterByteCount.bytes), \(trainableParameterCount.grouped) of them "
      + "trainable; input \(inputShape)"
    return ([lines[0], rule] + lines[1..<(lines.count - 1)] + [rule, lines[lines.count - 1], parameters])
      .joined(separator: "\n")
  }

  /// Names to the left, amounts to the right.
  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let columns = zip(cells, widths).enumerated().map { column, cell in
      let space = String(repeating: " ", count: cell.1 - cell.0.count)
      return column < 3 ? cell.0 + space : space + cell.0
    }
    var line = columns.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension NetworkSummary.Row {
  fileprivate var cells: [String] {
    func amount(_ number: Int, _ text: String) -> String { number == 0 ? "" : text }
    return [
      name, type, outputShape?.description ?? "not called", amount(parameterCount, parameterCount.grouped),
      amount(multiplyAdds, multiplyAdds.grouped), amount(byteCount, byteCount.bytes),
      receptiveField.map { $0.map(String.init).joined(separator: "×") } ?? "",
    ]
  }

  /// Whether this is the network itself and other rows say all there is to say of it.
  fileprivate func isNetworkOfParts(among rows: [NetworkSummary.Row]) -> Bool {
    name.isEmpty && rows.count > 1 && parameterCount == 0 && multiplyAdds == 0
  }
}

extension Int {
  /// The digits in groups of three: 61,706.
  fileprivate var grouped: String {
    var text = ""
    for (position, digit) in String(self).enumerated() {
      if position > 0, (String(self).count - position) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// An amount of memory in units of 1,024, to one decimal: 18.4 KiB.
  fileprivate var bytes: String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var (unit, tenths) = (0, self * 10)
    while tenths >= 10_240, unit < units.count - 1 {
      (unit, tenths) = (unit + 1, (tenths + 512) / 1_024)
    }
    return unit == 0 ? "\(self) B" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
