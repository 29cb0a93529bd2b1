import Foundation
import Layering

/// The packages of a checkout.
struct Tree {
  var root: Package
  /// Those in `Packages`.
  var packages: [Package]
  /// Those outside it: they are users of the products.
  var users: [Package]

  init(at root: URL) throws {
    self.root = try Package(readingFrom: root)
    packages = try Self.manifests(below: root.appending(path: "Packages")).map(Package.init(readingFrom:))
    let tests = Self.manifests(below: root.appending(path: "Tests"))
    let integration = root.appending(path: "Integration")
    users = try (tests + (Self.hasManifest(integration) ? [integration] : [])).map(Package.init(readingFrom:))
    guard !packages.isEmpty else { throw Finding(root.path, "there is no package in Packages") }
  }

  private static func hasManifest(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
  }

  private static func manifests(below folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appending(path: $0) }.filter(hasManifest)
  }
}

extension Package {
  /// Asks the package manager for the manifest in a folder.
  init(readingFrom folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--package-path", folder.path, "dump-package"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Finding(folder.path, "the package manager cannot read this manifest")
    }
    self.init(folder: folder, manifest: try JSONDecoder().decode(Manifest.self, from: output))
  }
}
