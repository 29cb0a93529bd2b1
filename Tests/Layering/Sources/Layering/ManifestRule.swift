import Foundation

/// The package whose manifest the root leaves out, and the only one with dependencies from elsewhere.
private let commandLineTool = "CommandLineTool"

/// Where the root manifest and those of the packages differ: in targets, folders, dependencies, settings, products,
/// platforms, language mode or tools version.
public func differences(root: Package, packages: [Package]) -> [Finding] {
  var findings = externalDependencies(of: [root] + packages)
  let layers = packages.filter { $0.manifest.name != commandLineTool }
  for package in layers {
    findings += compare(package, root)
  }
  let known = Set(layers.flatMap { $0.manifest.targets.map(\.name) })
  for target in root.manifest.targets where target.folder.hasPrefix("Packages/") && !known.contains(target.name) {
    findings.append(Finding(root.manifestPath, "target \(target.name) is declared by no package in Packages"))
  }
  let products = Set(layers.flatMap { $0.manifest.products.map(\.name) })
  for product in root.manifest.products where !products.contains(product.name) {
    findings.append(Finding(root.manifestPath, "product \(product.name) is declared by no package in Packages"))
  }
  return findings
}

private func externalDependencies(of packages: [Package]) -> [Finding] {
  packages
    .filter { $0.manifest.hasExternalDependencies && $0.manifest.name != commandLineTool }
    .map { Finding($0.manifestPath, "only \(commandLineTool) may depend on packages from elsewhere") }
}

private func compare(_ package: Package, _ root: Package) -> [Finding] {
  var findings: [Finding] = []
  func expect<Value: Equatable>(_ what: String, _ own: Value, _ other: Value) {
    guard own != other else { return }
    findings.append(Finding(package.manifestPath, "\(what): \(own) here, \(other) in the root manifest"))
  }

  let own = package.manifest
  let other = root.manifest
  expect("platforms", JSON.array(own.platforms), JSON.array(other.platforms))
  expect("language mode", own.swiftLanguageVersions ?? [], other.swiftLanguageVersions ?? [])
  expect("tools version", own.toolsVersion, other.toolsVersion)
  for product in own.products {
    guard let twin = other.products.first(where: { $0.name == product.name }) else {
      findings.append(Finding(package.manifestPath, "product \(product.name) is not in the root manifest"))
      continue
    }
    expect("targets of product \(product.name)", product.targets, twin.targets)
    expect("type of product \(product.name)", product.type, twin.type)
  }
  for target in own.targets {
    guard let twin = other.targets.first(where: { $0.name == target.name }) else {
      findings.append(Finding(package.manifestPath, "target \(target.name) is not in the root manifest"))
      continue
    }
    expect("type of \(target.name)", target.type, twin.type)
    expect("folder of \(target.name)", package.path(of: target), root.path(of: twin))
    expect("dependencies of \(target.name)", names(target), names(twin))
    expect("settings of \(target.name)", JSON.array(target.settings), JSON.array(twin.settings))
    expect("resources of \(target.name)", JSON.array(target.resources), JSON.array(twin.resources))
    expect("files left out of \(target.name)", target.exclude.sorted(), twin.exclude.sorted())
  }
  return findings
}

private func names(_ target: Manifest.Target) -> [String] {
  target.dependencies.map(\.module).sorted()
}

extension Package {
  fileprivate var manifestPath: String { folder.appending(path: "Package.swift").path }

  fileprivate func path(of target: Manifest.Target) -> String {
    folder.appending(path: target.folder).standardizedFileURL.path
  }
}
