/// Stops the program for a mistake in the program's own maths: a wrong shape, axis or index.
///
/// The message reads `[operation] what was expected and what came`. Data from outside (files, arguments, images)
/// throws a typed error instead. `fatalError`, since `precondition` prints nothing in an optimised build.
@inline(never)
public func stop(
  _ operation: String, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  fatalError("[\(operation)] \(message())", file: file, line: line)
}
