import Foundation

/// What the sanity checks found; see ``sanityChecks(_:on:settings:loss:expectedLoss:)``.
///
/// Printed, it is a line for each check, two tables and the warnings.
public struct SanityReport: Sendable, Equatable, Encodable {
  /// The loss before the first step.
  public let initialLoss: InitialLossCheck
  /// Whether a few images can be learnt by heart.
  public let memorizing: MemorizingCheck
  /// Whether the gradients are right.
  public let gradients: SampledGradientCheck
  /// The layers in the order of their calls.
  public let layers: [LayerStatistics]
  /// The parameters in the order of the structure.
  public let parameters: [ParameterStatistics]
  /// What is wrong with layers and parameters, as far as statistics tell.
  public let warnings: [LayerWarning]

  /// Whether all three checks pass. Warnings may have good reasons; they are for a person to judge.
  public var passes: Bool { initialLoss.passes && memorizing.passes && gradients.passes }
}

extension SanityReport: CustomStringConvertible {
  public var description: String {
    [checkLines, layerLines, parameterLines, warningLines].filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private var checkLines: [String] {
    func line(_ passes: Bool, _ name: String, _ text: String) -> String {
      "\(passes ? "✔" : "✘") \(name.padding(toLength: 13, withPad: " ", startingAt: 0))  \(text)"
    }
    return [
      line(
        initialLoss.passes, "initial loss",
        "\(short(initialLoss.loss)), expected about \(short(initialLoss.expected))"),
      line(
        memorizing.passes, "learning",
        "\(memorizing.knownCount) of \(memorizing.imageCount) images known by heart after \(memorizing.steps) steps, "
          + "loss \(short(memorizing.firstLoss)) → \(short(memorizing.lastLoss))"),
      line(gradients.passes, "gradients", gradientText),
    ]
  }

  private var gradientText: String {
    guard !gradients.samples.isEmpty else { return "there is no parameter to train" }
    let elements = "\(gradients.samples.count) elements of \(gradients.parameterCount) parameters"
    let kinks = gradients.kinks.count
    if let worst = gradients.failures.first {
      return "\(gradients.failures.count) of \(elements) differ from differences, the most \(worst.parameter) "
        + "[\(worst.element)]: rule \(short(worst.gradient)), differences \(short(worst.slope))"
    }
    guard kinks > 0 else { return "\(elements) agree with differences within \(short(largestError))" }
    guard gradients.passes else { return "all \(elements) lie at kinks, where nothing can be compared" }
    return "\(gradients.samples.count - kinks) of \(elements) agree with differences within \(short(largestError))"
      + "; \(kinks) \(kinks == 1 ? "lies at a kink" : "lie at kinks"), which cannot be compared"
  }

  /// Of the elements that agree.
  private var largestError: Double {
    gradients.samples.filter { !$0.isAtKink }.map(\.relativeError).max() ?? 0
  }

  private var layerLines: [String] {
    let rows = layers.map { layer in
      [
        layer.name, layer.type, layer.outputShape.map(String.init).joined(separator: "×"), short(layer.output.mean),
        short(layer.output.deviation), wholePercent(layer.output.zeroShare),
        layer.saturatedShare.map(wholePercent) ?? "",
        wholePercent(layer.deadShare),
      ]
    }
    return columns(
      [["layer", "type", "output", "mean", "deviation", "zeros", "saturated", "dead units"]] + rows, left: 3)
  }

  private var parameterLines: [String] {
    let rows = parameters.map { parameter in
      let gradient = parameter.gradient
      return [
        parameter.name, parameter.shape.map(String.init).joined(separator: "×"), short(parameter.value.mean),
        short(parameter.value.deviation), gradient.map { short($0.mean) } ?? "",
        gradient.map { short($0.deviation) } ?? "",
        gradient.map { wholePercent($0.zeroShare) } ?? "",
      ]
    }
    return columns(
      [["parameter", "shape", "mean", "deviation", "gradient: mean", "deviation", "zeros"]] + rows, left: 2)
  }

  private var warningLines: [String] { warnings.map { "⚠ \($0)" } }
}

/// Three digits that say something: `0.0123`, `1.2e-07`.
func short(_ number: Double) -> String { number == 0 ? "0" : String(format: "%.3g", number) }

/// `12 %`.
func wholePercent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }

/// Rows of cells in columns, the first `left` of which lie to the left.
private func columns(_ rows: [[String]], left: Int) -> [String] {
  let widths = (rows.first ?? []).indices.map { column in rows.map(\.[column].count).max() ?? 0 }
  return rows.map { row in
    var line = zip(row, widths).enumerated().map { column, cell in
      let space = String(repeating: " ", count: cell.1 - cell.0.count)
      return column < left ? cell.0 + space : space + cell.0
    }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
