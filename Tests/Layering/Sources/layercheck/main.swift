import Foundation
import Layering

// Usage: layercheck FOLDER   Checks the imports of every target, and that the root manifest and those of the packages
// agree. One line per finding; exit code 1 if there is one.

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: layercheck FOLDER\n".utf8))
  exit(64)
}

do {
  let tree = try Tree(at: URL(filePath: CommandLine.arguments[1]).standardizedFileURL)
  let all = [tree.root] + tree.packages + tree.users
  let read = try all.map(undeclaredImports)
  // A file of a layer is read for the root's target and for the package's own; one line for both.
  var seen: Set<String> = []
  let findings = (read.flatMap(\.findings) + differences(root: tree.root, packages: tree.packages))
    .map(\.description).filter { seen.insert($0).inserted }
  for finding in findings { print(finding) }
  guard findings.isEmpty else { exit(1) }
  let imports = read.map(\.imports).reduce(0, +)
  print("\(all.count) packages, \(all.map(\.manifest.targets.count).reduce(0, +)) targets, \(imports) imports in order")
} catch {
  FileHandle.standardError.write(Data("layercheck: \(error)\n".utf8))
  exit(1)
}
