# SPDX-License-Identifier: Apache-2.0
"""The everyday command `prtos`. cli.py is its frame, cmd_<name>.py one subcommand each; paths.py
knows where tools and data are, model.py what a system file says, machine.py the emulated PC."""
