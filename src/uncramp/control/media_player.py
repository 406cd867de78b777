"""A run as a media player: what desktops, phones and headsets show, and what they can request.

The names and types are those of MPRIS 2.2 (specifications.freedesktop.org/mpris-spec). No bus
is used here.
"""

from collections.abc import Mapping

from uncramp.control.protocol import ControlCommand
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan, SpanKind
from uncramp.core.run.moves import MoveKind, Phase
from uncramp.core.run.obvious import obvious_move
from uncramp.core.run.view import View

ROOT_INTERFACE = "org.mpris.MediaPlayer2"
PLAYER_INTERFACE = "org.mpris.MediaPlayer2.Player"
OBJECT_PATH = "/org/mpris/MediaPlayer2"

Variant = tuple[str, object]
"""A value with its D-Bus signature."""

Properties = Mapping[str, Variant]

METHODS: Mapping[str, ControlCommand | None] = {
    # A headset's single button does the obvious thing.
    "PlayPause": ControlCommand.TOGGLE,
    "Play": ControlCommand.GO_ON,
    "Pause": ControlCommand.PAUSE,
    # Nobody ends a run by a headset's button.
    "Stop": ControlCommand.PAUSE,
    "Next": ControlCommand.NEXT,
    "Previous": ControlCommand.BACK,
    "Seek": None,
    "SetPosition": None,
    "OpenUri": None,
}
"""The command for each method of the player; None for methods that do nothing here."""

ROOT_PROPERTIES: Properties = {
    "Identity": ("s", "uncramp"),
    "CanQuit": ("b", False),
    "CanRaise": ("b", False),
    "HasTrackList": ("b", False),
    "SupportedUriSchemes": ("as", []),
    "SupportedMimeTypes": ("as", []),
}

_STATUS = {Phase.RUNNING: "Playing", Phase.ENDED: "Stopped"}


@dataclass(frozen=True, slots=True)
class PlayerState:
    """The player at one moment."""

    properties: Properties
    """The properties that are reported when they change: none of them changes each second."""
    track: str
    position_ms: int
    is_playing: bool


def player_state(plan: Plan, view: View, volume: int) -> PlayerState:
    """The player that shows the run at `view`; `volume` is 0 to 100."""
    span = view.span
    name = f"Get ready: {span.name}" if span.kind is SpanKind.GET_READY else span.name
    track = f"/org/uncramp/span/{span.index}"
    metadata: dict[str, Variant] = {
        "mpris:trackid": ("o", track),
        "xesam:title": ("s", " · ".join(part for part in (name, span.side_words) if part)),
        "xesam:album": ("s", plan.routine.title),
        "xesam:artist": ("as", [f"Step {span.step_number} of {view.steps}"]),
    }
    if not view.counts_up:
        metadata["mpris:length"] = ("x", view.length_ms * 1000)
    status = _STATUS.get(view.phase, "Paused")
    properties: dict[str, Variant] = {
        "PlaybackStatus": ("s", status),
        "Metadata": ("a{sv}", metadata),
        "Rate": ("d", 1.0),
        "MinimumRate": ("d", 1.0),
        "MaximumRate": ("d", 1.0),
        "Volume": ("d", volume / 100),
        "CanGoNext": ("b", MoveKind.NEXT in view.allowed),
        "CanGoPrevious": ("b", MoveKind.BACK in view.allowed),
        "CanPlay": ("b", obvious_move(view) is not None),
        "CanPause": ("b", obvious_move(view) is not None),
        "CanSeek": ("b", False),
        "CanControl": ("b", True),
    }
    return PlayerState(properties, track, view.position_ms, status == "Playing")


def changed(before: Properties, after: Properties) -> dict[str, Variant]:
    """The properties that differ."""
    return {name: value for name, value in after.items() if before.get(name) != value}


INTROSPECTION = """<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
 <interface name="org.freedesktop.DBus.Properties">
  <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/>
   <arg type="v" direction="out"/></method>
  <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>
  <method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/>
   <arg type="v" direction="in"/></method>
  <signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal>
 </interface>
 <interface name="org.mpris.MediaPlayer2">
  <method name="Raise"/><method name="Quit"/>
  <property name="Identity" type="s" access="read"/>
  <property name="CanQuit" type="b" access="read"/>
  <property name="CanRaise" type="b" access="read"/>
  <property name="HasTrackList" type="b" access="read"/>
  <property name="SupportedUriSchemes" type="as" access="read"/>
  <property name="SupportedMimeTypes" type="as" access="read"/>
 </interface>
 <interface name="org.mpris.MediaPlayer2.Player">
  <method name="Next"/><method name="Previous"/><method name="Pause"/><method name="PlayPause"/>
  <method name="Stop"/><method name="Play"/>
  <method name="Seek"><arg name="Offset" type="x" direction="in"/></method>
  <method name="SetPosition"><arg name="TrackId" type="o" direction="in"/>
   <arg name="Position" type="x" direction="in"/></method>
  <method name="OpenUri"><arg name="Uri" type="s" direction="in"/></method>
  <signal name="Seeked"><arg name="Position" type="x"/></signal>
  <property name="PlaybackStatus" type="s" access="read"/>
  <property name="Rate" type="d" access="read"/>
  <property name="MinimumRate" type="d" access="read"/>
  <property name="MaximumRate" type="d" access="read"/>
  <property name="Metadata" type="a{sv}" access="read"/>
  <property name="Volume" type="d" access="readwrite"/>
  <property name="Position" type="x" access="read">
   <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/>
  </property>
  <property name="CanGoNext" type="b" access="read"/>
  <property name="CanGoPrevious" type="b" access="read"/>
  <property name="CanPlay" type="b" access="read"/>
  <property name="CanPause" type="b" access="read"/>
  <property name="CanSeek" type="b" access="read"/>
  <property name="CanControl" type="b" access="read"/>
 </interface>
</node>
"""
