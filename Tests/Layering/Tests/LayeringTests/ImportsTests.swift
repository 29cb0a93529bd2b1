import Layering
import Testing

@Suite struct ImportsTests {
  @Test(arguments: [
    ("import Models", "Models"),
    ("  @testable import Models", "Models"),
    ("@_exported public import Models", "Models"),
    ("@preconcurrency\nimport Models", "Models"),
    ("@_spi(Inner)import Models", "Models"),
    ("package import struct Models.LeNet5", "Models"),
    ("import class\n  Models.LeNet5 // the network", "Models"),
    ("import Models.LeNet5", "Models"),
    ("import `Models`", "Models"),
    ("#if os(Linux)\n  internal import Models\n#endif", "Models"),
    ("/* a /* nested */ comment */ import Models", "Models"),
    ("let text = \"\\\"\"; import Models", "Models"),
    ("let pattern = /\"/\nimport Models", "Models"),
  ])
  func finds(source: String, module: String) {
    #expect(imports(in: source).map(\.module) == [module])
  }

  @Test(arguments: [
    "// import Models", "/* import Models */", "/* /* */ import Models */", "let text = \"import Models\"",
    "let text = \"\"\"\n  import Models\n  \"\"\"", "let text = #\"\" import Models\"#", "table.import (Models)",
    "let `import` = Models", "func load(as name: String, import models: Models) {}", "#if canImport(Models)\n#endif",
    "let text = \"\\\" import Models\"",
  ])
  func ignores(source: String) {
    #expect(imports(in: source).isEmpty)
  }

  @Test func countsLines() {
    let source = "// one\n/* two\nthree */\n\nimport A; import B\nlet s = \"\"\"\n\n\"\"\"\nimport struct C.D\n"
    let expected = [Import(module: "A", line: 5), Import(module: "B", line: 5), Import(module: "C", line: 9)]
    #expect(imports(in: source) == expected)
  }

  @Test func includesOfOtherFoldersAreForeign() {
    let source = """
      #include <math.h>
      #include "form.h"
      #  include <sys/mman.h>
      #include "../TensorCore/x.h"
      """
    let found = foreignIncludes(in: source)
    #expect(found.map(\.header) == ["<sys/mman.h>", "\"../TensorCore/x.h\""])
    #expect(found.map(\.line) == [3, 4])
  }
}
