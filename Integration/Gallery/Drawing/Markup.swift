import Foundation

/// A number with a fixed number of decimals, the same in every language.
public func decimal(_ number: Double, _ places: Int) -> String { String(format: "%.\(places)f", number) }

/// A share as a percentage.
public func percent(_ share: Double, _ places: Int = 1) -> String { decimal(share * 100, places) + " %" }

/// Whole numbers in groups of three: 61,706.
public func grouped(_ number: Int) -> String {
  let digits = String(abs(number))
  var text = number < 0 ? "-" : ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// A text as it must stand in HTML and SVG.
public func escaped(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
}

/// A coordinate with as many decimals as the eye can tell.
func number(_ value: Double) -> String {
  let text = String(format: "%.1f", value)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A line of text whose classes say how it looks and where the point lies on it.
func text(_ text: String, x: Double, y: Double, _ style: String) -> String {
  "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\">\(escaped(text))</text>"
}

/// About how wide a text of usual size is.
func width(of text: String) -> Double { Double(text.count) * 6.8 }
