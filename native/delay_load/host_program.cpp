// Finds Node-API in the program that runs.
//
// The addon imports Node-API from a program that is called node.exe, and the import is resolved at the first call
// (delay loading). Without this hook Windows would look for a file of that name then. In a program of another name
// (Electron, a renamed node.exe) it would find none, or load a second Node.
#include <windows.h>
// After windows.h, whose types it uses.
#include <delayimp.h>

namespace {

HMODULE HostProgram() {
  HMODULE program = ::GetModuleHandleW(nullptr);
  if (::GetProcAddress(program, "napi_create_function") != nullptr) return program;
  // A program that embeds Node as a DLL.
  HMODULE library = ::GetModuleHandleW(L"libnode.dll");
  return library != nullptr ? library : program;
}

FARPROC WINAPI AnswerForNode(unsigned event, DelayLoadInfo* info) {
  if (event != dliNotePreLoadLibrary || ::lstrcmpiA(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(HostProgram());
}

}  // namespace

// The delay loader's own variable: constant in Visual C++, not in mingw-w64.
extern "C" {
decltype(__pfnDliNotifyHook2) __pfnDliNotifyHook2 = AnswerForNode;
}
