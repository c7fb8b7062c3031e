#!/usr/bin/env python3
"""layout.py CC INCLUDE ABI.py: the Python module's structs and constants are those of the C compiler."""
import ctypes
import importlib.util
import pathlib
import subprocess
import sys
import tempfile


def main():
    cc, include, abi_path = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("abi", abi_path)
    abi = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(abi)
    facts = []
    for name, value in vars(abi).items():
        if isinstance(value, type) and issubclass(value, ctypes.Structure) and name.startswith("qdx_"):
            facts.append((f"sizeof({name})", ctypes.sizeof(value)))
            for member, kind in value._fields_:
                facts.append((f"offsetof({name}, {member})", getattr(value, member).offset))
                facts.append((f"sizeof((({name} *)0)->{member})", ctypes.sizeof(kind)))
        elif name.startswith("QDX_") and isinstance(value, int):
            facts.append((name, value))
    lines = [f'    if ((long long)({fact}) != {value}) {{ puts("{fact} is not {value}"); wrong = 1; }}'
             for fact, value in facts]
    names = "".join(f"    (void){name};\n" for name in abi.FUNCTIONS)  # one that is not declared does not compile
    text = ("#include <quotedex/quotedex.h>\n#include <stddef.h>\n#include <stdio.h>\n"
            f"int main(void)\n{{\n    int wrong = 0;\n{chr(10).join(lines)}\n{names}    return wrong;\n}}\n")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "layout.c")
        source.write_text(text, encoding="utf-8")
        subprocess.run([cc, "-std=gnu17", f"-I{include}", "-o", f"{folder}/layout", source], check=True)
        result = subprocess.run([f"{folder}/layout"], check=False).returncode
    print(f"{len(facts)} sizes, places and constants, {len(abi.FUNCTIONS)} functions")
    return result or len(facts) < 200


if __name__ == "__main__":
    sys.exit(main())
