import Foundation

/// A text as it must stand in HTML and SVG.
func escaped(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.append(character)
    }
  }
}

/// A number with a fixed number of decimals, the same in every language.
func decimal(_ number: Double, _ places: Int) -> String { String(format: "%.\(places)f", number) }

/// A share as a percentage with two decimals.
func percent(_ share: Double) -> String { decimal(share * 100, 2) + " %" }
