import Foundation

/// Modules that come with every Swift toolchain.
private let toolchain: Set<String> = [
  "Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "RegexBuilder", "Observation",
  "Glibc", "Musl", "Darwin", "Bionic", "Android", "CRT", "WinSDK",
]
private let toolchainForTests: Set<String> = ["Testing", "XCTest"]
/// A library never reaches for the network: programs hand it what does.
private let toolchainForPrograms: Set<String> = ["FoundationNetworking"]

/// A package and the folder in which its manifest lies.
public struct Package: Sendable {
  public var folder: URL
  public var manifest: Manifest

  public init(folder: URL, manifest: Manifest) {
    self.folder = folder
    self.manifest = manifest
  }
}

/// Every import in every target of the package that is not a direct dependency which the target declares, nor a
/// module of the toolchain. The compiler alone does not see this: a module that some dependency pulls in can be imported.
public func undeclaredImports(of package: Package) throws -> (findings: [Finding], imports: Int) {
  var findings: [Finding] = []
  var count = 0
  for target in package.manifest.targets {
    let declared = Set(target.dependencies.map(\.module))
    let allowed = declared.union(toolchain).union(toolchainModules(forTargetsOfType: target.type))
    for file in try sources(in: package.folder.appending(path: target.folder)) {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      if file.pathExtension == "swift" {
        let all = imports(in: text)
        count += all.count
        for each in all where !allowed.contains(each.module) {
          let list = target.dependencies.map(\.module).joined(separator: ", ")
          findings.append(
            Finding(
              "\(file.path):\(each.line)",
              "\(target.name) imports \(each.module), but declares only \(list.isEmpty ? "nothing" : list)"))
        }
      } else {
        for (header, line) in foreignIncludes(in: text) {
          findings.append(
            Finding("\(file.path):\(line)", "\(target.name) includes \(header); kernels use the C library alone"))
        }
      }
    }
  }
  return (findings, count)
}

private let languages: Set<String> = ["swift", "c", "h", "inc", "m", "mm", "cpp", "hpp", "cc", "S"]

/// The source files below a folder, hidden ones left out, in the order of their names.
private func sources(in folder: URL) throws -> [URL] {
  guard
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles),
    FileManager.default.fileExists(atPath: folder.path)
  else { throw Finding(folder.path, "a manifest names this folder, but it is not there") }
  return files.compactMap { $0 as? URL }
    .filter { languages.contains($0.pathExtension) }
    .sorted { $0.path < $1.path }
}

private func toolchainModules(forTargetsOfType type: String) -> Set<String> {
  switch type {
  case "test": toolchainForTests
  case "executable": toolchainForPrograms
  default: []
  }
}
